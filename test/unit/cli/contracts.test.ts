// What tools and scripts rely on: the commands' JSON, exit statuses and the one line on stderr.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../extension/cli/run';
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
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['explain', '--frobnicate']],
    ['two arguments', ['decode', 'a', 'b']],
    ['a facts file that holds none', ['explain', '--facts', '/dev/null']],
  ])('%s: status 2 and one line on stderr', async (_, args) => {
    const { status, stdout, stderr } = await toaDoctor(args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^toa-doctor[^\n]+\n$/);
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
