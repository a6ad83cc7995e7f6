// What tools and scripts rely on: the commands' JSON, exit statuses and the one line on stderr.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { COMMANDS, runCli } from '../../../extension/cli/run';
import { root } from '../../tools/project';
import { serverFacts } from '../support/facts';

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-cli-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function toaDoctor(args: readonly string[], input = '', env: Record<string, string> = {}) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const stdin = Readable.from([Buffer.from(input)]);
  const status = await runCli(args, { stdin, stdout, stderr, env }, join(root, 'kernel'));
  const text = (stream: PassThrough): string => String(stream.read() ?? '');
  return { status, stdout: text(stdout), stderr: text(stderr) };
}

const CHINESE = { LANG: 'zh_CN.UTF-8' };
const FAILED = 'make: *** /lib/modules/6.1.0-1-amd64/build: No such file or directory.  Stop.\n';

describe('explain', () => {
  it('gives findings with cause, confidence, title, evidence, remedies and what else is possible', async () => {
    const { status, stdout } = await toaDoctor(['explain', '--json', '-'], FAILED);
    const { findings } = JSON.parse(stdout) as { findings: Record<string, unknown>[] };
    expect(status).toBe(1);
    expect(findings[0]).toMatchObject({
      cause: 'headers_missing',
      confidence: 'likely',
      title: 'The kernel headers for 6.1.0-1-amd64 are not installed',
      evidence: [{ line: 1, text: FAILED.trim() }],
    });
    expect(findings[0]?.['remedies']).toContainEqual(
      expect.objectContaining({ kind: 'command', title: expect.any(String) as string }),
    );
    expect(findings[0]?.['alsoPossible']).toContainEqual({
      cause: expect.any(String) as string,
      decidedBy: expect.any(String) as string,
    });
  });

  it('decides by the facts of a file', async () => {
    const facts = join(directory, 'facts.json');
    writeFileSync(facts, JSON.stringify(serverFacts('6.1.0-1-amd64')));
    const { stdout } = await toaDoctor(['explain', '--json', '--facts', facts], FAILED);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ cause: 'headers_missing', confidence: 'certain', alsoPossible: [] }],
    });
  });

  it('finds nothing in prose, with status 0', async () => {
    expect(await toaDoctor(['explain', '--json'], 'All is well.\n')).toMatchObject({
      status: 0,
      stdout: '{\n  "findings": []\n}\n',
    });
  });

  it('speaks Chinese where the locale does, and an empty LC_ALL is none', async () => {
    const { stdout } = await toaDoctor(['explain'], FAILED, { LC_ALL: '', LANG: 'zh_CN.UTF-8' });
    expect(stdout).toMatch(/内核头文件/);
  });
});

describe('wrong use', () => {
  it.each([
    ['an unknown command', ['frobnicate'], 'toa-doctor: there is no command frobnicate; see toa-doctor --help'],
    ['an unknown option', ['explain', '--frobnicate'], 'toa-doctor explain: there is no option --frobnicate'],
    [
      'an option without its value',
      ['build', '--kernel'],
      'toa-doctor build: --kernel needs a value; one that begins with “-” is written --kernel=VALUE',
    ],
    ['a value of a switch', ['build', '--json=yes'], 'toa-doctor build: --json takes no value'],
    ['two arguments', ['decode', 'a', 'b'], 'toa-doctor decode: “b” is one argument too many'],
    ['an argument where none is taken', ['install', 'a'], 'toa-doctor install: “a” is one argument too many'],
    ['no hosts', ['check-hosts'], 'toa-doctor check-hosts: name the hosts to check'],
    ['a log that is not there', ['explain', '/none'], 'toa-doctor explain: /none: no such file or directory'],
    ['a capture that is not there', ['decode', '/none'], 'toa-doctor decode: /none: no such file or directory'],
    [
      'a facts file that holds none',
      ['explain', '--facts', '/dev/null'],
      'toa-doctor explain: /dev/null holds no facts: make it with toa-doctor probe',
    ],
    ['no port', ['verify'], 'toa-doctor verify: which service? --port PORT'],
  ])('%s: status 2 and one line on stderr', async (_, args, told) => {
    expect(await toaDoctor(args)).toEqual({ status: 2, stdout: '', stderr: `${told}\n` });
  });

  it('is told in Chinese where the locale is', async () => {
    const { stderr } = await toaDoctor(['verify'], '', CHINESE);
    expect(stderr).toMatch(/^toa-doctor verify: \p{Script=Han}.*--port/u);
  });
});

describe('help', () => {
  const names = Object.keys(COMMANDS);

  it.each(['--help', '-h', 'help'])('%s lists every command with what it does', async (word) => {
    const { status, stdout, stderr } = await toaDoctor([word]);
    expect([status, stderr]).toEqual([0, '']);
    expect([...stdout.matchAll(/^ {2}([\w-]+).* {2}\S/gm)].map(([, name]) => name)).toEqual(names);
  });

  it.each(names)('%s --help tells each of its options, on one screen', async (name) => {
    const { status, stdout } = await toaDoctor([name, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: toa-doctor ${name}\\b`));
    const told = [...stdout.matchAll(/^ {2}--([\w-]+).* {2}\S/gm)].map(([, option]) => option);
    expect(told).toEqual(Object.keys(COMMANDS[name]?.options ?? {}));
    const longest = Math.max(...stdout.split('\n').map(({ length }) => length));
    expect(longest).toBeLessThanOrEqual(120);
  });

  it.each([[[]], [['build']], [['decode']]])('is in Chinese where the locale is: %j', async (command) => {
    const { stdout } = await toaDoctor([...command, '--help'], '', CHINESE);
    const lines = stdout.split('\n').filter((line) => /^ {2}\S/.test(line));
    expect(lines.filter((line) => !/\p{Script=Han}/u.test(line))).toEqual([]);
    expect(lines.length).toBeGreaterThan(1);
  });

  it('is not what is asked for behind --', async () => {
    const { stdout, status } = await toaDoctor(['decode', '--', '--help']);
    expect([stdout, status]).toEqual(['', 2]);
  });

  it('comes on stderr, with status 2, where nothing was asked', async () => {
    expect(await toaDoctor([])).toMatchObject({ status: 2, stdout: '' });
  });
});

it('a host that cannot be one: status 3 and one line on stderr', async () => {
  const { status, stdout, stderr } = await toaDoctor(['doctor', '--host=-oProxyCommand=touch /tmp/x; $(id)']);
  expect([status, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/^toa-doctor[^\n]+is no name of a host[^\n]+\n$/);
});

describe('decode', () => {
  it('has status 0 for a client, 1 for none, 2 for a file that is not there', async () => {
    const found = await toaDoctor(['decode', '--json'], 'fe 08 1f 90 0a 01 02 03\n');
    expect(found.status).toBe(0);
    expect(JSON.parse(found.stdout)).toMatchObject([
      { frame: 1, kind: 254, addr: '10.1.2.3', port: 8080, client: '10.1.2.3:8080', status: 'decoded' },
    ]);
    expect(await toaDoctor(['decode', '--json'], 'nothing here\n')).toMatchObject({ status: 1, stdout: '[]\n' });
    const missing = await toaDoctor(['decode', '/nowhere']);
    expect(missing).toMatchObject({ status: 2, stdout: '' });
    expect(missing.stderr).toMatch(/^toa-doctor[^\n]+\n$/);
  });
});
