// Hosts that mean harm, or are dead: what they say never runs as a command, and the message says what happened.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { build } from '../../extension/doctor/build';
import { diagnose } from '../../extension/doctor/diagnose';
import { probe } from '../../extension/host/probe';
import { ConnectionError } from '../../extension/host/ssh/connection';
import { SshHost } from '../../extension/host/ssh/sshHost';
import { serverRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { processesMarked } from '../unit/host/processes';
import { startProxy } from './hosts/proxy';
import type { TestHost } from './hosts/server';
import { startSshd, type SshdOptions } from './hosts/sshd';

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
  const host = new SshHost('127.0.0.1', {
    options: [`Port=${String(address.port)}`, 'BatchMode=yes', 'ConnectTimeout=2'],
  });
  after.push(() => host.dispose());
  const refused = await host.connect().catch((error: unknown) => error);
  expect(refused instanceof ConnectionError && refused.why.kind).toBe('no-answer');
});

/** In the environment of what hangs on a host; sshd leaves it behind. */
const MARK = `TOA_TEST=hangs-${String(process.pid)}`;

/** A server, and a host that waits for it, two seconds if not told otherwise. */
async function started(
  options: SshdOptions,
  patience = 2000,
): Promise<{ readonly server: TestHost; readonly host: SshHost }> {
  const server = await startSshd(options);
  const host = new SshHost(server.name, { configFile: server.configFile, patience });
  after.push(
    async () => {
      for (const id of await processesMarked(MARK)) process.kill(id, 'SIGKILL');
    },
    () => server.stop(),
    () => host.dispose(),
  );
  return { server, host };
}

const hanging = (): Promise<number> => processesMarked(MARK).then(({ length }) => length);

/** Programs that come before the system's own on a host. */
function programs(texts: Readonly<Record<string, string>>): SshdOptions {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-hostile-'));
  after.push(() => {
    rmSync(directory, { recursive: true });
  });
  for (const [name, text] of Object.entries(texts))
    writeFileSync(join(directory, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return { config: [`SetEnv PATH=${directory}:/usr/sbin:/usr/bin:/sbin:/bin`] };
}

/** The ssh processes of this machine that work with this server. */
const sshProcesses = (server: TestHost): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').join(' ');
      } catch {
        return ''; // it has ended
      }
    })
    .filter((command) => command.startsWith('ssh ') && command.includes(server.configFile));

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

describe('a host that lets in and', () => {
  // The last two come sooner than any patience ends, also on a busy machine.
  it.each([
    ['then says nothing', `exec env ${MARK} sleep 600`, 'took the connection and then did not answer for 2 seconds', 2],
    ['then prints without end', 'exec cat /dev/urandom', 'prints without end where its sh should answer', 60],
    ['ends at once', 'exit', 'ended the connection without a word', 60],
  ])('%s: the message says so, and no ssh is left', async (_, login, text, seconds) => {
    const { server, host } = await started({ home: { '.bashrc': `${login}\n` } }, 1000 * seconds);
    const refused = await failure(host.connect());
    expect(refused).toBeInstanceOf(ConnectionError);
    expect(String(refused)).toContain(text);
    expect(refused instanceof ConnectionError && refused.why.kind).toBe('no-shell');
    await expect.poll(() => sshProcesses(server), { timeout: 10_000 }).toEqual([]);
    // What is done there says the same, and does not hang either.
    expect(await host.run({ argv: ['true'] })).toMatchObject({ outcome: 'not-started' });
    expect(await failure(host.readFile('/etc/passwd', 10))).toMatchObject({ problem: 'lost' });
  });

  it('then says nothing: cancelling ends it at once, for whom it was, and leaves no ssh', async () => {
    const { server, host } = await started({ home: { '.bashrc': `exec env ${MARK} sleep 600\n` } }, 60_000);
    const [connecting, running] = [new AbortController(), new AbortController()];
    const connected = failure(host.connect(connecting.signal));
    const result = host.run({ argv: ['true'], signal: running.signal });
    await expect.poll(hanging, { timeout: 20_000 }).toBe(1);
    running.abort();
    expect(await result).toMatchObject({ outcome: 'cancelled' });
    expect(sshProcesses(server)).not.toEqual([]);
    connecting.abort();
    expect(await connected).toMatchObject({ name: 'AbortError' });
    await expect.poll(() => sshProcesses(server), { timeout: 10_000 }).toEqual([]);
  });

  it('hangs in the middle of a probe: cancelling ends it there too', async () => {
    const { server, host } = await started(programs({ uname: `exec env ${MARK} sleep 600` }));
    const stop = new AbortController();
    const cancelled = failure(probe(host, { headerDirectories: [], signal: stop.signal }));
    await expect.poll(hanging, { timeout: 20_000 }).toBe(1);
    stop.abort();
    expect(String(await cancelled)).toContain(`The probe of ${server.name} was cancelled.`);
    expect(await hanging()).toBe(0);
    await host.dispose();
    expect(sshProcesses(server)).toEqual([]);
  });

  it('is gone without a word in the middle of a command: its time limit holds, and no ssh is left', async () => {
    const server = await startSshd();
    const proxy = await startProxy(server);
    const host = new SshHost(server.name, {
      configFile: server.configFile,
      options: [`Port=${String(proxy.port)}`],
      patience: 2000,
    });
    after.push(
      () => server.stop(),
      () => proxy.stop(),
      () => host.dispose(),
    );
    const said: string[] = [];
    const command = host.run({
      argv: ['sh', '-c', 'echo begun; sleep 600'],
      timeout: 3000,
      onOutput: (text) => {
        said.push(text);
        proxy.freeze();
      },
    });
    expect(await command).toMatchObject({ outcome: 'timed-out', stdout: 'begun\n' });
    expect(said).toEqual(['begun\n']);
    await host.dispose();
    expect(sshProcesses(server)).toEqual([]);
  });

  it('hangs, or sends without end, when a file is read: it is said, and the next file is read', async () => {
    const { host } = await started(
      programs({ head: 'case $2 in 101) exec sleep 600 ;; 202) exec cat /dev/zero ;; esac; exec /usr/bin/head "$@"' }),
      5000,
    );
    const hangs = await failure(host.readFile('/etc/passwd', 100));
    expect(String(hangs)).toContain('the host hangs: nothing came from it for 5 seconds');
    expect(hangs).toMatchObject({ problem: 'lost' });
    const floods = await failure(host.readFile('/etc/passwd', 201));
    expect(String(floods)).toContain('the host sent without end');
    expect(Buffer.from(await host.readFile('/etc/passwd', 100_000)).toString()).toContain('root:');
  });
});
