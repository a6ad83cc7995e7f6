// Driven by `npm run pictures` alone: what the Chinese pages show beyond test/flows/chinese.test.ts. The flows test the same in English.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { RUNNING, serverRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { captureOf, sendHandshakes } from '../flows/harness/captures';
import { chinese, runCommand } from '../flows/harness/chinese';
import { withEditor, type Editor } from '../flows/harness/editor';
import { startInstallServer } from '../flows/harness/installServer';

const language = 'zh-cn';
const PORT = '48201';

it('an empty window', async () => {
  await withEditor('welcome', { workspace: '', language }, async (editor) => {
    await editor.runCommand('View: Show TOA');
    await editor.page.locator('.welcome-view-content').getByRole('button').nth(1).waitFor();
    await editor.screenshot('welcome.zh-CN');
  });
});

it('a capture in its editor, one that runs, and a module for another kernel', async () => {
  const plain = await serverRoot({});
  plain.remove();
  const other = plain.releases.filter((release) => /^6\.1\.[\d-]+-amd64$/.test(release)).at(-1) ?? '';
  const server = await serverRoot({ [RUNNING]: `/usr/src/linux-headers-${other}` });
  const workspace = moduleWorkspace();
  writeFileSync(join(workspace.path, 'small.pcap'), captureOf(2000, 30));
  const world = { root: server.root, release: RUNNING };
  try {
    await withEditor('chinese-pictures', { workspace: workspace.path, world, language }, async (editor) => {
      await capture(editor);
      await capturing(editor);
      await wrongLink(editor, other);
    });
  } finally {
    server.remove();
    workspace.remove();
  }
});

it('an installation whose last step fails', { timeout: 600_000 }, async () => {
  const host = await startInstallServer();
  const options = {
    workspace: 'toa-ssh://server/root/demo',
    language,
    settings: { 'toa.ssh.configFile': host.configFile },
  };
  try {
    await withEditor('install-chinese', options, async (editor) => {
      await runCommand(editor, 'install');
      await editor.pick(chinese('TOA Doctor’s own module'));
      const frame = await editor.findWebviewFrame('#steps > li');
      await frame.locator('#run').click();
      await frame.locator('li.failed').waitFor({ timeout: 180_000 });
      await frame.locator('#stays tbody tr').first().waitFor({ timeout: 60_000 });
      await editor.screenshot('install-explained.zh-CN');
    });
  } finally {
    await host.stop();
  }
});

async function wrongLink(editor: Editor, other: string): Promise<void> {
  await editor.openFile('Makefile');
  await runCommand(editor, 'build');
  await editor.notification(other);
  await editor.problem(other);
  await editor.screenshot('wrong-link.zh-CN');
}

async function capture(editor: Editor): Promise<void> {
  await editor.openFile('small.pcap');
  const frame = await editor.findWebviewFrame('main.file');
  await frame.locator('#tab-clients', { hasText: '(30)' }).click();
  await frame.locator('#filter').fill('113.7');
  await editor.screenshot('capture.zh-CN');
  await editor.runCommand('View: Close All Editors');
}

async function capturing(editor: Editor): Promise<void> {
  await runCommand(editor, 'capture');
  await editor.pick('lo');
  for (const [title, answer] of [
    ['Port of the service', PORT],
    ['Capture for how many seconds?', '8'],
  ] as const)
    await editor.answer(chinese(title), answer);
  await editor.page
    .locator('.monaco-dialog-box')
    .getByRole('button', { name: chinese('Capture'), exact: true })
    .click();
  const sender = sendHandshakes(PORT);
  try {
    const decoder = await editor.findWebviewFrame('#text');
    await decoder.locator('#results', { hasText: '203.0.113.7:4660' }).waitFor({ timeout: 30_000 });
    await editor.screenshot('capture-live.zh-CN');
  } finally {
    sender.kill();
  }
}
