// The main job on another host, by sh alone: the same steps as in mainJob.test.ts, with the folder opened by ssh.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { RUNNING, serverRoot, type ServerRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import type { TestHost } from '../remote/hosts/server';
import { startSshd, type SshdOptions } from '../remote/hosts/sshd';
import { withEditor } from './harness/editor';

const made: { remove(): unknown }[] = [];
afterEach(async () => {
  for (const one of made.splice(0)) await one.remove();
});

/** What makes it hard: no second session on a connection, and a login that is slow and talks. */
const HARD: SshdOptions = {
  config: ['MaxSessions 1'],
  home: { '.bashrc': 'echo Hi\nsleep 0.5\n' },
  client: ['StrictHostKeyChecking ask'],
};
const PASSPHRASE = "a 'pass' phrase";

/** Types into the input box that shows this text, and confirms. */
async function answer(page: Page, prompt: string, text: string): Promise<void> {
  const box = page.locator('.quick-input-widget:visible', { hasText: prompt });
  await box.waitFor({ timeout: 60_000 });
  await box.locator('input.input').fill(text);
  await page.keyboard.press('Enter');
}

function nearest({ releases }: ServerRoot): string {
  return releases.filter((release) => /^6\.1\.[\d-]+-amd64$/.test(release)).at(-1) ?? '';
}

async function server(root: ServerRoot, options: SshdOptions): Promise<TestHost> {
  const host = await startSshd({ ...options, world: { root: root.root, release: RUNNING } });
  made.push({ remove: () => host.stop() });
  return host;
}

describe('a server with an unknown key, MaxSessions 1 and a slow, noisy .bashrc', () => {
  it('open, build, see why it fails, fix, build, check', async () => {
    const root = await serverRoot({});
    const workspace = moduleWorkspace();
    made.push(root, workspace);
    const host = await server(root, HARD);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', PASSPHRASE, '-f', join(host.directory, 'user_key')]);
    const release = nearest(root);
    await withEditor(
      'remote-main-job',
      { workspace: '', settings: { 'toa.ssh.configFile': host.configFile } },
      async (editor) => {
        const { page } = editor;
        await editor.runCommand('TOA: Open Remote Kernel Workspace…');
        await editor.pick(host.name);
        await page.locator('.monaco-dialog-box', { hasText: `Connect to ${host.name}?` }).waitFor({ timeout: 30_000 });
        await editor.screenshot('remote-question');
        await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Connect' }).click();
        await answer(page, 'Enter passphrase for key', PASSPHRASE);
        await page.locator('.quick-input-widget:visible', { hasText: RUNNING }).waitFor({ timeout: 60_000 });
        await editor.screenshot('remote-folders');
        await editor.pick('Another folder…');
        await answer(page, 'Another folder…', workspace.path);
        await page.waitForURL(/toa-ssh/, { timeout: 30_000 });
        await answer(page, 'Enter passphrase for key', PASSPHRASE);
        await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
        await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'Makefile' }).dblclick();
        await page.locator('.tab.active', { hasText: 'Makefile' }).waitFor();
        await editor.runCommand('TOA: Build Module');
        // This server allows one session for a connection: what runs there needs another one than the files.
        await answer(page, 'Enter passphrase for key', PASSPHRASE);
        await editor.notification(`not for ${RUNNING}`);
        const problem = await editor.problem(`not for ${RUNNING}`);
        expect(await problem.innerText()).toContain('[Ln 4, Col 23]');
        await editor.quickFix(`not for ${RUNNING}`, `Build for ${release}, whose headers are here`);
        await editor.saveFile();
        expect(readFileSync(join(workspace.path, 'Makefile'), 'utf8')).toContain(`/lib/modules/${release}/build`);
        await editor.runCommand('TOA: Build Module');
        await editor.notification(`demo.ko is built for ${release}`);
        await page.getByRole('treeitem', { name: 'demo.ko', exact: true }).waitFor({ timeout: 30_000 });
        await editor.screenshot('remote-built');
      },
    );
    const vermagic = execFileSync('modinfo', ['-F', 'vermagic', join(workspace.path, 'demo.ko')], { encoding: 'utf8' });
    expect(vermagic.split(' ')[0]).toBe(release);
  });
});
