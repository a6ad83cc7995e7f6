// The main job where VS Code's own server runs on the host: through a real sshd and ssh's tunnel, in a window whose remote name is `ssh-remote`.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RUNNING, serverRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { startSshd } from '../remote/hosts/sshd';
import { withEditor } from './harness/editor';
import { mainJob } from './harness/mainJob';

/** Processes of extensions that an ssh server on this port has started. */
function extensionHosts(port: number): readonly string[] {
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return ''; // it has ended
    }
  };
  const session = new RegExp(`^SSH_CONNECTION=127\\.0\\.0\\.1 \\d+ 127\\.0\\.0\\.1 ${String(port)}$`);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && read(`/proc/${name}/cmdline`).includes('--type=extensionHost'))
    .filter((name) =>
      read(`/proc/${name}/environ`)
        .split('\0')
        .some((variable) => session.test(variable)),
    );
}

/** What the extension wrote into its log. */
function logOf(data: string): string {
  const files = readdirSync(join(data, 'logs'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('TOA Doctor.log'))
    .map((file) => readFileSync(join(data, 'logs', file), 'utf8'))
    .join('');
}

it('open, build, see why it fails, fix, build, check, in a window of Remote-SSH', async () => {
  const headers = await serverRoot({});
  const release = headers.releases.filter((one) => /^6\.1\.[\d-]+-amd64$/.test(one)).at(-1) ?? '';
  const workspace = moduleWorkspace();
  const host = await startSshd({ world: { root: headers.root, release: RUNNING } });
  try {
    await withEditor('remote-ssh', { workspace: workspace.path, by: host }, async (editor) => {
      await mainJob(editor, { running: RUNNING, headers: release });
      await editor.screenshot('remote-ssh-built');
      expect(logOf(editor.data)).toContain('in a window of ssh-remote, working on localhost');
      expect(extensionHosts(host.port)).toHaveLength(1);
    });
    const vermagic = execFileSync('modinfo', ['-F', 'vermagic', join(workspace.path, 'demo.ko')], { encoding: 'utf8' });
    expect(vermagic.split(' ')[0]).toBe(release);
  } finally {
    await host.stop();
    workspace.remove();
    headers.remove();
  }
});
