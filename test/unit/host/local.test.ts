import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Command, CommandResult } from '../../../extension/host/host';
import { LocalHost } from '../../../extension/host/local';
import { reasonIn } from '../support/reasonIn';
import { processesMarked } from './processes';

const host = new LocalHost();
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'toa host-'));
});
afterAll(() => rm(directory, { recursive: true }));

const sh = (text: string, ...args: string[]): Command['argv'] => ['sh', '-c', text, 'sh', ...args];

describe('a command that runs', () => {
  it('gives its exit code and both streams', async () => {
    const result = await host.run({ argv: sh('echo out; echo err >&2; exit 3') });
    expect(result).toMatchObject({ outcome: 'exited', code: 3, stdout: 'out\n', stderr: 'err\n', dropped: 0 });
  });

  it('tells a signal from an exit code', async () => {
    expect(await host.run({ argv: sh('kill -KILL $$') })).toMatchObject({
      outcome: 'signalled',
      code: undefined,
      signal: 'SIGKILL',
    });
  });

  it('reads its standard input, and gets none when there is none', async () => {
    expect((await host.run({ argv: ['cat'], stdin: 'né\n' })).stdout).toBe('né\n');
    expect((await host.run({ argv: ['cat'] })).stdout).toBe('');
  });

  it('may leave its standard input unread', async () => {
    expect(await host.run({ argv: ['true'], stdin: 'x'.repeat(1_000_000) })).toMatchObject({
      outcome: 'exited',
      code: 0,
    });
  });

  it('speaks English, and gets the environment asked for', async () => {
    const { stdout } = await host.run({
      argv: sh('echo "$LC_ALL $KVER $HOME"'),
      env: { LC_ALL: 'zh_CN.UTF-8', KVER: '6.1 $x' },
    });
    expect(stdout).toBe(`C 6.1 $x ${process.env['HOME'] ?? ''}\n`);
  });

  it('runs in its directory', async () => {
    expect((await host.run({ argv: ['pwd'], cwd: directory })).stdout).toBe(`${directory}\n`);
  });

  it('gets hostile arguments unchanged', async () => {
    const hostile = ['$(id)', '`id`', "a'b", 'a"b', '', ' ', '*', '-rf', 'a\nb', '; rm -rf /', 'né', '%s', '\\'];
    const { stdout } = await host.run({ argv: ['printf', '%s\\0', ...hostile] });
    expect(stdout.split('\0').slice(0, -1)).toEqual(hostile);
  });

  it('passes on characters that arrive in pieces', async () => {
    let seen = '';
    const { stdout } = await host.run({
      argv: sh(String.raw`printf '\344\275'; sleep 0.1; printf '\240\n'; sleep 0.1; printf '\344'`),
      onOutput: (text) => (seen += text),
    });
    expect(stdout).toBe('你\n\ufffd');
    expect(seen).toBe(stdout);
  });

  it('reads all of its output although we are busy while it ends', async () => {
    const result = host.run({ argv: sh('echo first; sleep 0.2; echo last') });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const busyUntil = performance.now() + 800;
    while (performance.now() < busyUntil);
    expect((await result).stdout).toBe('first\nlast\n');
  });

  it('settles although something that it left behind holds its output open', async () => {
    const mark = `TOA_TEST_LEFT=${process.pid}`;
    const result = await host.run({ argv: ['env', mark, ...sh('sleep 600 & echo done')] });
    expect(result).toMatchObject({ outcome: 'exited', code: 0, stdout: 'done\n' });
    for (const id of await processesMarked(mark)) process.kill(id);
  });
});

describe('a command with endless output', () => {
  const megabytes = (count: number) => sh('yes 0123456789abcde | head -c "$1"; echo end', String(count * 1_048_576));

  it('streams all of it and keeps the beginning and the end', async () => {
    let streamed = 0;
    const limit = 64 * 1024;
    const result = await host.run({
      argv: megabytes(120),
      outputLimit: limit,
      onOutput: (text) => (streamed += text.length),
    });
    expect(streamed).toBe(120 * 1_048_576 + 4);
    expect(result.stdout).toHaveLength(limit + 1); // and the line end between the parts
    expect(result.dropped).toBe(streamed - limit);
    expect(result.stdout.startsWith('0123456789abcde\n0')).toBe(true);
    expect(result.stdout.endsWith('\nend\n')).toBe(true);
  });

  it('takes little memory', async () => {
    const before = process.memoryUsage().rss;
    let most = 0;
    const result = await host.run({
      argv: megabytes(300),
      outputLimit: 1_048_576,
      onOutput: () => (most = Math.max(most, process.memoryUsage.rss())),
    });
    expect(result.dropped).toBeGreaterThan(298 * 1_048_576);
    expect(most - before).toBeLessThan(150 * 1_048_576);
  });
});

describe('a command that cannot be started', () => {
  it.each<[string, Command, string]>([
    ['a command that is not there', { argv: ['no-such-command'] }, 'no-such-command is not installed, or not in PATH'],
    ['a directory that is not there', { argv: ['true'], cwd: '/no/such' }, 'the directory /no/such does not exist'],
    ['a directory that is a file', { argv: ['true'], cwd: '/etc/passwd' }, '/etc/passwd is not a directory'],
    ['no permission', { argv: ['/etc/passwd'] }, '/etc/passwd may not be executed: permission denied'],
    [
      'arguments that are too long',
      { argv: ['true', 'x'.repeat(4_000_000)] },
      'the arguments of true are longer than the system allows',
    ],
  ])('%s', async (_, command, reason) => {
    const result = await host.run(command);
    expect(result).toMatchObject({ outcome: 'not-started', code: undefined });
    expect(reasonIn(result)).toBe(reason);
  });

  it('a script whose interpreter is not there', async () => {
    const script = join(directory, 'script');
    await writeFile(script, '#!/no/such/interpreter\n');
    await chmod(script, 0o755);
    const result = await host.run({ argv: [script] });
    expect(result.outcome).toBe('not-started');
    expect(reasonIn(result)).toBe(`${script} does not exist, or the interpreter that its first line names does not`);
  });

  it('a NUL byte in an argument', async () => {
    const result = await host.run({ argv: ['true', 'a\0b'] });
    expect(result.outcome).toBe('not-started');
    expect(reasonIn(result)).toMatch(/^true was not started: .*null bytes/);
  });
});

describe('ending a command', () => {
  let mark = '';
  let count = 0;
  const stubborn = () => {
    mark = `TOA_TEST_MARK=${process.pid}-${count++}`;
    // Three generations: all ignore SIGTERM and hold the output open.
    const text = `trap '' TERM; (trap '' TERM; sleep 600 & echo ready; sleep 600) & wait; sleep 600`;
    return ['env', mark, ...sh(text)] satisfies Command['argv'];
  };
  afterEach(async () => {
    for (const id of await processesMarked(mark)) process.kill(id, 'SIGKILL');
  });

  async function whenReady(start: (onOutput: () => void) => Promise<CommandResult>, then: () => void) {
    let ready = () => {};
    const isReady = new Promise<void>((resolve) => (ready = resolve));
    const result = start(ready);
    await isReady;
    // A process that is just becoming another program shows no environment for a moment.
    await expect.poll(async () => (await processesMarked(mark)).length).toBeGreaterThanOrEqual(3);
    then();
    return result;
  }

  it('cancel leaves no process, even one that ignores SIGTERM', async () => {
    const cancel = new AbortController();
    const result = await whenReady(
      (onOutput) => host.run({ argv: stubborn(), signal: cancel.signal, onOutput }),
      () => {
        cancel.abort();
      },
    );
    expect(result).toMatchObject({ outcome: 'cancelled', code: undefined, stdout: 'ready\n' });
    expect(await processesMarked(mark)).toEqual([]);
  });

  it('a timeout leaves no process', async () => {
    const result = await host.run({ argv: stubborn(), timeout: 400 });
    expect(result).toMatchObject({ outcome: 'timed-out', code: undefined });
    expect(await processesMarked(mark)).toEqual([]);
  });

  it('dispose leaves no process, and nothing starts afterwards', async () => {
    const mortal = new LocalHost();
    let disposed: Promise<void> | undefined;
    const result = await whenReady(
      (onOutput) => mortal.run({ argv: stubborn(), onOutput }),
      () => {
        disposed = mortal.dispose();
      },
    );
    await disposed;
    expect(result.outcome).toBe('cancelled');
    expect(await processesMarked(mark)).toEqual([]);
    expect(await mortal.run({ argv: ['true'] })).toMatchObject({ outcome: 'cancelled' });
  });

  it('a process that ends on SIGTERM has time to clean up', async () => {
    const cancel = new AbortController();
    const result = await host.run({
      argv: sh(`trap 'echo cleaned; exit 1' TERM; echo ready; while :; do sleep 0.05; done`),
      signal: cancel.signal,
      onOutput: () => {
        cancel.abort();
      },
    });
    expect(result).toMatchObject({ outcome: 'cancelled', stdout: 'ready\ncleaned\n' });
  });

  it('a signal that is aborted already starts nothing', async () => {
    const file = join(directory, 'started');
    const result = await host.run({ argv: ['touch', file], signal: AbortSignal.abort() });
    expect(result.outcome).toBe('cancelled');
    expect(await host.stat(file)).toBeUndefined();
  });
});

describe('a script', () => {
  it('gets its arguments as they are', async () => {
    const { stdout } = await host.script('printf "[%s]" "$@" # the end', ['-x', "it's $(id)", '']);
    expect(stdout).toBe("[-x][it's $(id)][]");
  });

  it('is not read by its own commands', async () => {
    expect((await host.script('cat\necho after', [])).stdout).toBe('after\n');
  });

  it('may be longer than an argument can be', async () => {
    expect((await host.script(`# ${'x'.repeat(300_000)}\necho ran`, [])).stdout).toBe('ran\n');
  });

  it('gives its exit code', async () => {
    expect(await host.script('exit 7', [])).toMatchObject({ outcome: 'exited', code: 7 });
  });
});
