// The main job on another host, by sh alone: the same steps as in mainJob.test.ts, with the folder opened by ssh.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
const HARD: SshdOptions = { config: ['MaxSessions 1'], home: { '.bashrc': 'echo Hi\nsleep 0.5\n' } };

function nearest({ releases }: ServerRoot): string {
  return releases.filter((release) => /^6\.1\.[\d-]+-amd64$/.test(release)).at(-1) ?? '';
}

async function server(root: ServerRoot, options: SshdOptions): Promise<TestHost> {
  const host = await startSshd({ ...options, world: { root: root.root, release: RUNNING } });
  made.push({ remove: () => host.stop() });
  return host;
}

describe('a server with MaxSessions 1 and a slow, noisy .bashrc', () => {
  it('open, build, see why it fails, fix, build, check', async () => {
    const root = await serverRoot({});
    const workspace = moduleWorkspace();
    made.push(root, workspace);
    const host = await server(root, HARD);
    const release = nearest(root);
    await withEditor(
      'remote-main-job',
      { workspace: `toa-ssh://${host.name}${workspace.path}`, settings: { 'toa.ssh.configFile': host.configFile } },
      async (editor) => {
        await editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'Makefile' }).dblclick();
        await editor.page.locator('.tab.active', { hasText: 'Makefile' }).waitFor();
        await editor.runCommand('TOA: Build Module');
        await editor.notification(`not for ${RUNNING}`);
        const problem = await editor.problem(`not for ${RUNNING}`);
        expect(await problem.innerText()).toContain('[Ln 4, Col 23]');
        await editor.quickFix(`not for ${RUNNING}`, `Build for ${release}, whose headers are here`);
        await editor.saveFile();
        expect(readFileSync(join(workspace.path, 'Makefile'), 'utf8')).toContain(`/lib/modules/${release}/build`);
        await editor.runCommand('TOA: Build Module');
        await editor.notification(`demo.ko is built for ${release}`);
        await editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'demo.ko' }).waitFor();
        await editor.screenshot('remote-built');
      },
    );
    const vermagic = execFileSync('modinfo', ['-F', 'vermagic', join(workspace.path, 'demo.ko')], { encoding: 'utf8' });
    expect(vermagic.split(' ')[0]).toBe(release);
  });
});
