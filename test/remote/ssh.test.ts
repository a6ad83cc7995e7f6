// SshHost against real servers: the same contract as LocalHost, on an sshd of Debian and on busybox with dropbear and no SFTP.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../extension/host/host';
import { SshHost } from '../../extension/host/ssh/sshHost';
import { probe } from '../../extension/host/probe';
import { processesMarked } from '../unit/host/processes';
import { reasonIn } from '../unit/support/reasonIn';
import { startBusybox } from './hosts/busybox';
import type { TestHost } from './hosts/server';
import { startSshd } from './hosts/sshd';

const sh = (text: string, ...args: string[]): Command['argv'] => ['sh', '-c', text, 'sh', ...args];

const HOSTS: readonly (readonly [string, () => Promise<TestHost>])[] = [
  ['sshd', () => startSshd()],
  ['sshd with MaxSessions 1', () => startSshd({ config: ['MaxSessions 1'] })],
  [
    'a banner, a slow .bashrc, and garbage before every command',
    () =>
      startSshd({
        config: ['Banner /bin/true'],
        home: { '.bashrc': 'sleep 0.5; head -c 200000 /dev/urandom; head -c 200000 /dev/urandom >&2\n' },
      }),
  ],
  ['busybox and dropbear', () => startBusybox()],
];

describe.each(HOSTS)('%s', (_name, start) => {
  let server: TestHost;
  let host: SshHost;
  beforeAll(async () => {
    server = await start();
    host = new SshHost(server.name, { configFile: server.configFile });
  });
  afterAll(async () => {
    await host.dispose();
    await server.stop();
  });

  it('gives exit code and both streams', async () => {
    expect(await host.run({ argv: sh('echo out; echo err >&2; exit 3') })).toMatchObject({
      outcome: 'exited',
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      dropped: 0,
    });
  });

  it('tells a signal from an exit code', async () => {
    expect(await host.run({ argv: sh('kill -KILL $$') })).toMatchObject({ outcome: 'signalled', signal: 'SIGKILL' });
  });

  it('gives standard input, and none when there is none', async () => {
    expect((await host.run({ argv: ['cat'], stdin: 'né\n$(id)\n' })).stdout).toBe('né\n$(id)\n');
    expect((await host.run({ argv: ['cat'] })).stdout).toBe('');
    const large = 'x'.repeat(1_000_000);
    expect((await host.run({ argv: ['true'], stdin: large })).code).toBe(0);
    expect((await host.run({ argv: ['wc', '-c'], stdin: large })).stdout.trim()).toBe('1000000');
  });

  it('sets the environment, and speaks English', async () => {
    const env = { LC_ALL: 'zh_CN.UTF-8', KVER: "6.1 $x '\n" };
    expect((await host.run({ argv: sh('printf %s "$LC_ALL $KVER"'), env })).stdout).toBe("C 6.1 $x '\n");
  });

  it('passes every argument unchanged, whatever is in it', async () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('\0', '')),
      fc.constantFrom(
        '$(id)',
        '`id`',
        "a'b",
        'a"b',
        '',
        ' ',
        '*',
        '-rf',
        '--',
        'a\nb',
        '; rm -rf /',
        '%s',
        '\\',
        '!x',
        '~',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (words) => {
        const { stdout } = await host.run({ argv: ['printf', '%s\\0', ...words, 'end'] });
        expect(stdout.split('\0').slice(0, -1)).toEqual([...words, 'end']);
      }),
      { numRuns: 40 },
    );
  });

  it('says why a command is not started', async () => {
    const reason = async (command: Command): Promise<string> => reasonIn(await host.run(command));
    expect(await reason({ argv: ['no-such-command'] })).toBe('no-such-command is not installed, or not in PATH');
    expect(await reason({ argv: ['/no/such'] })).toBe('/no/such does not exist');
    expect(await reason({ argv: ['/etc/passwd'] })).toBe('/etc/passwd may not be executed: permission denied');
    expect(await reason({ argv: ['true'], cwd: '/no such; x' })).toBe('the directory /no such; x does not exist');
    expect(await reason({ argv: ['a\0b'] })).toContain('NUL');
    expect(await reason({ argv: ['-x'] })).toBe('-x is no command');
  });

  it('passes on output as it comes, and bounds what it keeps', async () => {
    let seen = 0;
    const result = await host.run({
      argv: sh('head -c 5000000 /dev/zero | tr "\\0" x; echo; echo end'),
      outputLimit: 1000,
      onOutput: (text) => (seen += text.length),
    });
    expect(seen).toBe(5_000_005);
    expect(result.stdout.endsWith('\nend\n')).toBe(true);
    expect(result.dropped).toBe(5_000_005 - 1000);
  });

  it('ends a command with all it has started, on cancelling and at its time limit', async () => {
    const mark = `TOA_TEST=${String(process.pid)}-${String(server.port)}`;
    const stubborn = sh('trap "" TERM; sleep 600 & (sleep 600; :) | cat & while :; do sleep 1; done');
    const abort = new AbortController();
    const cancelled = host.run({ argv: ['env', mark, ...stubborn], signal: abort.signal });
    await expect.poll(async () => (await processesMarked(mark)).length, { timeout: 10_000 }).toBeGreaterThan(3);
    abort.abort();
    expect(await cancelled).toMatchObject({ outcome: 'cancelled' });
    expect(await processesMarked(mark)).toEqual([]);
    expect(await host.run({ argv: ['env', mark, ...stubborn], timeout: 500 })).toMatchObject({ outcome: 'timed-out' });
    expect(await processesMarked(mark)).toEqual([]);
    expect((await host.run({ argv: ['echo', 'still there'] })).stdout).toBe('still there\n');
  });

  it('runs several commands at once, and files beside them', async () => {
    const runs = Array.from({ length: 8 }, (_, index) => host.run({ argv: sh('sleep 0.2; echo "$1"', String(index)) }));
    const file = await host.readFile('/etc/passwd', 1_000_000);
    expect(Buffer.from(file).toString()).toContain('root:');
    expect((await Promise.all(runs)).map(({ stdout }) => stdout)).toEqual(runs.map((_, index) => `${String(index)}\n`));
  });

  it('is probed', async () => {
    const facts = await probe(host, { headerDirectories: [] });
    expect(facts.kernel.release).not.toBe('');
    expect(facts.user.uid).toBe(0);
  });
});
