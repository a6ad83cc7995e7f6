// The first minute: what an empty window offers, and the walkthrough, whose steps tick themselves off by what is true.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { RUNNING, serverRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { root } from '../tools/project';
import { withEditor, type Editor } from './harness/editor';

const made: { remove(): void }[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;
const text = (key: string): string => texts[key] ?? '';

async function openWalkthrough(editor: Editor): Promise<void> {
  await editor.runCommand('Welcome: Open Walkthrough');
  await editor.pick(text('walkthrough.title'));
  await editor.page.locator('.gettingStarted .step-title', { hasText: text('walkthrough.open') }).waitFor();
}

/** The titles of the steps that are ticked off. */
const done = (editor: Editor): Promise<readonly string[]> =>
  editor.page.locator('.getting-started-step:has(.codicon-getting-started-step-checked) .step-title').allInnerTexts();

it.each(['1.139', '1.96'] as const)(
  'in %s an empty window offers a folder here and one by ssh, and shows no pop-up',
  async (version) => {
    await withEditor('empty-window', { version, workspace: '' }, async (editor) => {
      await editor.runCommand('View: Show TOA');
      const welcome = editor.page.locator('.welcome-view-content');
      for (const label of ['Open Folder', 'Open Remote Kernel Workspace…'])
        await welcome.getByRole('button', { name: label }).waitFor();
      expect(await editor.page.locator('.notification-toast').count()).toBe(0);
      if (version === '1.139') await editor.screenshot('welcome');
      await welcome.getByText('The five steps to a module that works').click();
      await editor.page.locator('.gettingStarted .step-title', { hasText: text('walkthrough.verify') }).waitFor();
      expect(await done(editor)).toEqual([]);
    });
  },
);

it('a step of the walkthrough ticks itself off when it is true', async () => {
  const server = await serverRoot({ [RUNNING]: `/usr/src/linux-headers-${RUNNING}` });
  const workspace = moduleWorkspace();
  made.push(server, workspace);
  const world = { root: server.root, release: RUNNING };
  await withEditor('walkthrough', { workspace: workspace.path, world }, async (editor) => {
    // What was true before VS Code read the steps is ticked off too.
    await editor.runCommand('TOA: Diagnose');
    await editor.statusItem(RUNNING);
    await openWalkthrough(editor);
    await expect
      .poll(() => done(editor), { timeout: 60_000 })
      .toEqual([text('walkthrough.open'), text('walkthrough.check')]);
    await editor.page.locator('.gettingStarted .step-title', { hasText: text('walkthrough.build') }).click();
    await editor.page.locator('.gettingStarted').getByRole('button', { name: 'Build Module', exact: true }).waitFor();
    // The drawing follows a moment later; the pointer stays on what moved under it.
    await editor.findWebviewFrame('svg text:text-is("toa.ko")');
    await editor.page.mouse.move(0, 0);
    await editor.screenshot('walkthrough');
    await buildForAnother(editor);
    await editor.page.locator('.tab', { hasText: 'Welcome' }).click();
    await expect.poll(() => done(editor), { timeout: 60_000 }).toContain(text('walkthrough.build'));
  });
});

/** The build fails; its reason is a click away, and there the remedy, which builds at once. */
async function buildForAnother(editor: Editor): Promise<void> {
  await editor.page.locator('.gettingStarted').getByRole('button', { name: 'Build Module', exact: true }).click();
  await (await editor.notification(RUNNING)).getByRole('button', { name: 'Show Why' }).click();
  const page = await editor.findWebviewFrame('article h1');
  await page.getByRole('link', { name: /^Build for \S+, whose headers are here$/ }).click();
  await editor.notification('demo.ko is built for');
}
