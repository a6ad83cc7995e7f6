// A failure explained as a person meets it: in Problems and on the finding's page, mended by quick fixes until the module is there,
// and read from what was copied or selected in a terminal.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { RUNNING, serverRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { withEditor, type Editor } from './harness/editor';

const made: { remove(): void }[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

/** As copied from a web page: a recipe that begins with spaces. */
const makefileFor = (release: string): string =>
  `obj-m := demo.o\n\nall:\n        make -C /lib/modules/${release}/build M=$(CURDIR) modules\n`;

/** For kernels before 5.17. */
const SOURCE = `#include <linux/module.h>
#include <linux/proc_fs.h>
void *demo(struct inode *inode);
void *demo(struct inode *inode)
{
	return PDE_DATA(inode);
}
MODULE_LICENSE("GPL");
`;

it('a Makefile and a source are mended from Problems and the page, and what was copied or selected is decided on this host', async () => {
  const root = await serverRoot({});
  const release = root.releases.filter((one) => /^6\.1\.[\d-]+-amd64$/.test(one)).at(-1) ?? '';
  const workspace = moduleWorkspace(makefileFor(release));
  made.push(root, workspace);
  const source = join(workspace.path, 'demo.c');
  writeFileSync(source, SOURCE);
  await withEditor(
    'explain',
    {
      workspace: workspace.path,
      world: { root: root.root, release: RUNNING },
      settings: { 'terminal.integrated.gpuAcceleration': 'off' },
    },
    async (editor) => {
      await mendMakefile(editor);
      await mendSource(editor);
      expect(readFileSync(source, 'utf8')).toContain('return pde_data(inode);');
      await editor.runCommand('TOA: Build Module');
      await editor.notification(`demo.ko is built for ${release}`);
      await explainCopied(editor, release);
      await explainSelected(editor);
    },
  );
});

async function mendMakefile(editor: Editor): Promise<void> {
  const noTab = 'the recipe does not begin with a tab';
  await editor.openFile('Makefile');
  await editor.runCommand('TOA: Build Module');
  await editor.notification(noTab);
  const [line, column] = ['Ln 4', 'Col 1'];
  await openLink(editor, 'missing separator');
  await editor.statusItem(`${line}, ${column}`);
  expect(await (await editor.problem(noTab)).innerText()).toContain(`[${line}, ${column}]`);
  await editor.quickFix(noTab, 'Begin the recipe with a tab', 'explain-makefile');
  await editor.saveFile();
}

async function mendSource(editor: Editor): Promise<void> {
  await editor.runCommand('TOA: Build Module');
  const told = await editor.notification('PDE_DATA');
  await told.getByRole('button', { name: 'Show Why' }).click();
  const page = await editor.findWebviewFrame('h1:has-text("PDE_DATA is gone")');
  await editor.screenshot('explain-page');
  await page.getByRole('link', { name: 'Write pde_data for PDE_DATA' }).click();
  await editor.saveFile();
}

/** insmod's few words, which dmesg and modinfo decide. */
async function explainCopied(editor: Editor, release: string): Promise<void> {
  const { page } = editor;
  const refused = 'insmod: ERROR: could not insert module demo.ko: Invalid module format';
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(refused)})`);
  await editor.runCommand('TOA: Explain Selection or Clipboard');
  const title = `The module was built for ${release}, the kernel is ${RUNNING}`;
  const shown = await editor.findWebviewFrame(`h1:has-text("${title}")`);
  const text = await shown.locator('main').innerText();
  for (const part of [refused, `vermagic: ${release}`, `uname -r: ${RUNNING}`, 'Ruled out', '$ dmesg', '$ modinfo ']) {
    expect(text).toContain(part);
  }
  await editor.screenshot('explain-decided');
}

/** What a real insmod says in a terminal, selected there; the clipboard stays as it was. */
async function explainSelected(editor: Editor): Promise<void> {
  const { page } = editor;
  const before = await editor.clipboard();
  await editor.runCommand('Terminal: Create New Terminal');
  const line = page.locator('.xterm-rows:visible > div');
  await line
    .filter({ hasText: /[$#]\s*$/ })
    .first()
    .waitFor();
  await page.keyboard.type('insmod ./dmeo.ko\n');
  await line.filter({ hasText: 'No such file or directory' }).first().waitFor();
  await editor.runCommand('Terminal: Select All');
  await editor.runCommand('TOA: Explain Terminal Selection');
  const shown = await editor.findWebviewFrame('h1:has-text("dmeo.ko")');
  await editor.screenshot('explain-terminal');
  expect(await shown.locator('main').innerText()).toContain('insmod_file_not_found');
  expect(await editor.clipboard()).toBe(before);
}

/** Ctrl+clicks on the link at the beginning of the terminal's line with this text. VS Code's own links have a longer label. */
async function openLink({ page }: Editor, line: string): Promise<void> {
  const row = page.locator('.xterm-rows > div', { hasText: line }).first();
  const beginning = { position: { x: 8, y: 8 }, force: true };
  await row.hover(beginning);
  await page.getByText('Open (ctrl + click)').waitFor();
  await row.click({ ...beginning, modifiers: ['Control'] });
}
