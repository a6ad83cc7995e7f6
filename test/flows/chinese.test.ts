// The first minute in Chinese: manifest, tree, problems, quick fix, notifications, walkthrough and pages. VS Code's own words stay English, for want of its
// language pack. The pictures are those of the Chinese documentation.
import { afterEach, expect, it } from 'vitest';
import { RUNNING, serverRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { chinese, manifest, runCommand } from './harness/chinese';
import { withEditor, type Editor } from './harness/editor';

const made: { remove(): void }[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

it('everything of ours is said in Chinese, from the palette to the pages', async () => {
  const server = await serverRoot({});
  const workspace = moduleWorkspace();
  made.push(server, workspace);
  const world = { root: server.root, release: RUNNING };
  await withEditor('chinese', { workspace: workspace.path, world, language: 'zh-cn' }, async (editor) => {
    await walk(editor);
    await build(editor);
    await readTree(editor);
    await readFinding(editor);
    await decode(editor);
  });
});

async function build(editor: Editor): Promise<void> {
  await editor.openFile('Makefile');
  await runCommand(editor, 'build');
  const told = await editor.notification(RUNNING);
  expect(await told.innerText()).toMatch(/[\u4e00-\u9fff]{5}/);
  expect(await (await editor.problem(RUNNING)).innerText()).toMatch(/[\u4e00-\u9fff]{5}/);
  await editor.screenshot('problem.zh-CN');
  await editor.quickFix(RUNNING, '（头文件已就绪）', 'quick-fix.zh-CN');
  await editor.saveFile();
  await editor.runCommand('Notifications: Clear All Notifications');
  await runCommand(editor, 'build');
  await editor.notification('demo.ko');
  await editor.screenshot('built.zh-CN');
}

async function readTree(editor: Editor): Promise<void> {
  await runCommand(editor, 'diagnose');
  await editor.runCommand('View: Show TOA');
  const tree = editor.page.locator('.pane-body .monaco-list-row');
  for (const text of ['Host', 'Kernel', 'Headers', 'toa is not loaded'])
    await tree
      .filter({ hasText: chinese(text) })
      .first()
      .waitFor();
  await editor.quiet();
  await editor.screenshot('tree.zh-CN');
}

async function readFinding(editor: Editor): Promise<void> {
  const { page } = editor;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const refused = 'insmod: ERROR: could not insert module demo.ko: Invalid module format';
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(refused)})`);
  // Nothing is selected there.
  await editor.openFile('demo.c');
  await runCommand(editor, 'explain');
  const frame = await editor.findWebviewFrame('article h1');
  expect(await frame.locator('html').getAttribute('lang')).toBe('zh-cn');
  for (const heading of ['Proof', 'What to do'])
    await frame
      .locator('.part', { hasText: chinese(heading) })
      .first()
      .waitFor();
  await editor.screenshot('finding.zh-CN');
}

async function decode(editor: Editor): Promise<void> {
  await runCommand(editor, 'openDecoder');
  const frame = await editor.findWebviewFrame('#text');
  await frame.getByText(chinese('Which client is behind the load balancer?')).waitFor();
  await frame.getByRole('button', { name: chinese('Show an example') }).click();
  await frame.locator('th', { hasText: chinese('Client') }).waitFor();
  await editor.page.mouse.move(0, 0);
  await editor.screenshot('decoder.zh-CN');
}

async function walk(editor: Editor): Promise<void> {
  await runCommand(editor, 'diagnose');
  await editor.statusItem(RUNNING);
  await editor.runCommand('Welcome: Open Walkthrough');
  await editor.pick(chinese('walkthrough.title', manifest));
  const walkthrough = editor.page.locator('.gettingStarted');
  await walkthrough.locator('.step-title', { hasText: chinese('walkthrough.build', manifest) }).click();
  await walkthrough
    .getByRole('button', { name: chinese('command.build', manifest) })
    .first()
    .waitFor();
  await walkthrough.locator('.codicon-getting-started-step-checked').nth(1).waitFor({ timeout: 60_000 });
  // The drawing follows a moment later; the pointer stays on what moved under it.
  await editor.findWebviewFrame('svg text:text-is("toa.ko")');
  await editor.page.mouse.move(0, 0);
  await editor.screenshot('walkthrough.zh-CN');
}
