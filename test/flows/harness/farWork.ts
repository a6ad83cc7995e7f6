// What a person does in a folder of another host beside the main job, and when the way to it breaks.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { root } from '../../tools/project';
import { processesMarked } from '../../unit/host/processes';
import type { TestHost } from '../../remote/hosts/server';
import type { Userland } from '../../remote/hosts/userlands';
import type { Editor } from './editor';

const DEMO = '/root/demo';
const MARK = 'TOA_TEST=slow-build';
const OWN_LINE = '/* mine */';

const inside = async (host: Userland, script: string): Promise<string> =>
  (await host.inside('sh', '-c', script)).toString();

/** Connecting to a host whose login never ends is stopped by its button, at once. */
export async function letGo(editor: Editor, { name }: TestHost): Promise<void> {
  const ofSsh = (): Promise<readonly number[]> => processesMarked('TOA_DOCTOR_SOCKET=');
  const before = await ofSsh();
  await editor.runCommand('TOA: Open Remote Kernel Workspace…');
  await editor.pick(name);
  const connecting = await editor.notification(`Connecting to ${name}`);
  await connecting.hover();
  await connecting.getByRole('button', { name: 'Cancel' }).click();
  await connecting.waitFor({ state: 'detached' });
  const left = async (): Promise<readonly number[]> => (await ofSsh()).filter((id) => !before.includes(id));
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
}

/** The bundled module is copied to the host while a folder is chosen, and opened. */
export async function copyModule(editor: Editor, host: Userland): Promise<void> {
  const copy = 'Copy the TOA module there…';
  await editor.runCommand('TOA: Open Remote Kernel Workspace…');
  await editor.pick(host.name);
  await editor.pick(copy);
  await editor.answer(copy, '/root/new toa');
  await editor.page.waitForURL(/toa-ssh/, { timeout: 30_000 });
  await editor.page.getByRole('treeitem', { name: 'toa.c', exact: true }).waitFor({ timeout: 30_000 });
  const sent = readdirSync(join(root, 'kernel'), { withFileTypes: true }).filter((entry) => entry.isFile());
  expect((await inside(host, 'ls -A "/root/new toa"')).trim().split('\n')).toEqual(
    expect.arrayContaining(sent.map(({ name }) => name).filter((name) => /\.[ch]$|^Makefile$|^Kbuild$/.test(name))),
  );
}

/** Makes a build of the folder that does not end by itself, and a Makefile for later that ends. */
export async function slowBuild(host: Userland): Promise<void> {
  const slow = `obj-m := demo.o\nall:\n\t@echo the beginning of a build; ${MARK} sleep 600\n`;
  const good = `obj-m := demo.o\nall:\n\tmake -C /lib/modules/${host.headers}/build M=$(CURDIR) modules\n`;
  await inside(host, `cd ${DEMO} && rm -f demo.ko && printf '%s' '${slow}' >Makefile && printf '%s' '${good}' >good`);
  await inside(host, `cd ${DEMO} && for name in one two three; do echo "file $name" >$name.txt; done`);
}

/** Each of three files is opened, when the editor has settled; at least one of them between two looks at the files that are open. */
export async function countOpening(editor: Editor, { link }: Userland): Promise<void> {
  const inTwoSeconds = async (): Promise<number> => {
    const before = link?.roundTrips ?? 0;
    await editor.page.waitForTimeout(2000);
    return (link?.roundTrips ?? 0) - before;
  };
  await expect.poll(inTwoSeconds, { timeout: 60_000 }).toBeLessThanOrEqual(1);
  const counts: number[] = [];
  for (const name of ['one', 'two', 'three']) {
    const before = link?.roundTrips ?? 0;
    await editor.openFromExplorer(`${name}.txt`);
    await editor.page.locator('.editor-instance .view-line', { hasText: `file ${name}` }).waitFor();
    counts.push((link?.roundTrips ?? 0) - before);
  }
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(Math.min(...counts)).toBeLessThanOrEqual(3);
}

/** The way breaks in the middle of a build, beside a file with changes: nothing of either is lost. */
export async function loseBuild(editor: Editor, host: Userland): Promise<void> {
  const { page } = editor;
  await editor.openFromExplorer('demo.c');
  await editor.runCommand('TOA: Build Module');
  const arrived = page.locator('.xterm-rows:visible > div', { hasText: 'the beginning of a build' }).first();
  await arrived.waitFor({ timeout: 60_000 });
  await expect.poll(() => processesMarked(MARK)).not.toEqual([]);
  await page.locator('.tab', { hasText: 'demo.c' }).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type(OWN_LINE);
  await page.locator('.tab.active.dirty').waitFor();

  host.link?.cutAfter(1);
  const lost = await editor.notification('The connection broke during the build.');
  await editor.screenshot('remote-lost');
  expect(await arrived.isVisible()).toBe(true);
  await expect.poll(() => processesMarked(MARK), { timeout: 30_000 }).toEqual([]);
  await lost.getByRole('button', { name: 'Look at the Build' }).click();
  const looked = await editor.notification(`and no module is in ${DEMO}`);
  await page.locator('.tab.active.dirty', { hasText: 'demo.c' }).click();
  await editor.saveFile();
  expect(await inside(host, `cat ${DEMO}/demo.c`)).toContain(OWN_LINE);

  await inside(host, `cd ${DEMO} && mv good Makefile`);
  await looked.getByRole('button', { name: 'Build Again' }).click();
  await editor.notification(`demo.ko is built for ${host.headers}`);
}

/** A C source that is changed on the host while it is open; its problem leads to its line, and is mended there. */
export async function repairSource(editor: Editor, host: Userland): Promise<void> {
  const { page } = editor;
  await inside(host, `cd ${DEMO} && grep -v MODULE_LICENSE demo.c >aside && cat aside >demo.c && rm aside`);
  const license = page.locator('.editor-instance .view-line', { hasText: 'MODULE_LICENSE' });
  await license.waitFor({ state: 'detached', timeout: 30_000 });
  await editor.runCommand('View: Close All Editors');
  await editor.runCommand('TOA: Build Module');
  await editor.notification('declares no license');
  await editor.quickFix('declares no license', 'MODULE_LICENSE("GPL")');
  await page.locator('.tab.active.dirty', { hasText: 'demo.c' }).waitFor();
  await editor.saveFile();
  expect(await inside(host, `cat ${DEMO}/demo.c`)).toContain('MODULE_LICENSE("GPL");');
}

/** VS Code's own search does not reach these files; ours leads to the line. */
export async function search(editor: Editor): Promise<void> {
  await editor.runCommand('TOA: Search in Remote Files…');
  await editor.answer('Search on bookworm', 'file two');
  await editor.page.locator('.quick-input-widget:visible', { hasText: '1 lines with “file two”' }).waitFor();
  await editor.pick('two.txt:1');
  await editor.page.locator('.tab.active', { hasText: 'two.txt' }).waitFor();
}

/** The user's own shell, in the folder. */
export async function terminal(editor: Editor, host: Userland): Promise<void> {
  const rows = editor.page.locator('.xterm-rows:visible > div');
  await editor.runCommand('TOA: Open Terminal on the Host');
  await rows
    .filter({ hasText: /[$#]\s*$/ })
    .first()
    .waitFor({ timeout: 60_000 });
  await editor.page.keyboard.type('echo "$(pwd) on $(uname -r)"\n');
  await rows
    .filter({ hasText: `${DEMO} on ${host.running}` })
    .first()
    .waitFor({ timeout: 30_000 });
  await editor.screenshot('remote-terminal');
}
