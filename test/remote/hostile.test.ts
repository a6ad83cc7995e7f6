// Hosts that mean harm, or are dead: what they say never runs as a command, and the message says what happened.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { build } from '../../extension/doctor/build';
import { diagnose } from '../../extension/doctor/diagnose';
import { ConnectionError } from '../../extension/host/ssh/connection';
import { SshHost } from '../../extension/host/ssh/sshHost';
import { serverRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { startSshd } from './hosts/sshd';

const after: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of after.splice(0).reverse()) await undo();
});

it('a uname that answers with commands: they are words, in the diagnosis and in the build', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-hostile-'));
  const mark = join(directory, 'ran');
  const [headers, workspace] = [await serverRoot({}), moduleWorkspace()];
  after.push(() => {
    rmSync(directory, { recursive: true });
    headers.remove();
    workspace.remove();
  });
  const release = `6.1.0$(touch ${mark})\`touch ${mark}\`;touch ${mark};'`;
  const server = await startSshd({ world: { root: headers.root, release } });
  const host = new SshHost(server.name, { configFile: server.configFile });
  after.push(
    () => server.stop(),
    () => host.dispose(),
  );
  const order = { roots: [workspace.path], headerDirectories: [], wanted: undefined, available: undefined };
  const { facts, sources } = await diagnose(host, order);
  expect(facts.kernel.release).toContain('$(touch');
  expect(sources).toHaveLength(1);
  const wanted = headers.releases.at(-1);
  const report = await build(host, { directory: workspace.path, facts, wanted, timeout: 60_000 });
  expect(report.meant).toBe(wanted);
  expect(existsSync(mark)).toBe(false);
});

it('a host that takes the connection and says nothing', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  after.push(() => silent.close());
  const address = silent.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const host = new SshHost('127.0.0.1', { options: [`Port=${String(address.port)}`, 'BatchMode=yes'] });
  after.push(() => host.dispose());
  const refused = await host.connect().catch((error: unknown) => error);
  expect(refused instanceof ConnectionError && refused.why.kind).toBe('no-answer');
});
