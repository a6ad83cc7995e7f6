// A server to install on, by ssh: CentOS 7 with its own repositories, on which the tree of the running release is to be had by yum.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { centosTree } from '../../plan/centosTree';
import { startOwnRoot, type OwnRootHost } from '../../remote/hosts/ownRoot';

export const RELEASE = '3.10.0-1160.119.1.el7.x86_64';

/** Starts it. `stop` ends it with all that was changed on it. */
export async function startInstallServer(): Promise<OwnRootHost> {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-centos-'));
  const tree = join(directory, 'tree');
  await centosTree(tree, RELEASE);
  const made = { name: 'server', root: '/', prepare: '../../plan/centosFiles.sh', release: RELEASE } as const;
  const host = await startOwnRoot({ ...made, tree, server: 'sshd' });
  return {
    ...host,
    async stop() {
      await host.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
