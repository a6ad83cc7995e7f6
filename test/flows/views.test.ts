// What shows beside the Problems: the tree, the status bar, and what happens when a build is asked for while one runs.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { RUNNING, serverRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { sharedEditor } from './harness/sharedEditor';

const workspace = moduleWorkspace();
const made: { remove(): void }[] = [workspace];
afterAll(() => {
  for (const one of made) one.remove();
});

const inEditor = sharedEditor(async () => {
  const root = await serverRoot({ [RUNNING]: `/usr/src/linux-headers-${RUNNING}` });
  made.push(root);
  return { world: { root: root.root, release: RUNNING } };
});

it('the tree and the status bar tell host, kernel, headers, build and module', async () => {
  await inEditor('tree', workspace.path, async (editor) => {
    await editor.runCommand('TOA: Diagnose');
    const tree = editor.page.locator('.pane-body .monaco-list-row');
    for (const text of ['Host', `Kernel${RUNNING}`, 'Headers8 usable', 'Build', 'toa is not loaded']) {
      await tree.filter({ hasText: text }).first().waitFor();
    }
    await tree.filter({ hasText: 'which does not exist' }).first().waitFor();
    const status = await editor.statusItem(RUNNING);
    expect(await status.getAttribute('aria-label')).toContain(
      `The headers of the running kernel ${RUNNING} are missing`,
    );
    await editor.quiet();
    await editor.screenshot('tree');
  });
});

it('a second build of the same directory is refused while the first runs, which can be stopped', async () => {
  const started = join(workspace.path, 'started');
  writeFileSync(join(workspace.path, 'Makefile'), 'obj-m := demo.o\nall:\n\t@echo > started; sleep 600\n');
  await inEditor('two-builds', workspace.path, async (editor) => {
    await editor.openFile('Makefile');
    await editor.runCommand('TOA: Build Module');
    await expect.poll(() => existsSync(started), { timeout: 30_000 }).toBe(true);
    await editor.runCommand('TOA: Build Module');
    const warning = await editor.notification('is running already');
    await warning.getByRole('button', { name: 'Stop It' }).click();
    await editor.notification('The build was cancelled');
  });
});
