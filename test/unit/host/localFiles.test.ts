import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostFileError } from '../../../extension/host/host';
import { LocalHost } from '../../../extension/host/local';
import { asOrdinaryUser } from '../support/ordinaryUser';

const host = new LocalHost();
let directory = '';
const at = (name: string) => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'toa files-'));
  await writeFile(at('ten'), '0123456789');
  await mkdir(at('folder'));
  await symlink('nowhere', at('dangling'));
  await symlink('ten', at('link'));
  execFileSync('mkfifo', [at('pipe')]);
});
afterAll(() => rm(directory, { recursive: true }));

async function problemOf(operation: Promise<unknown>): Promise<string> {
  const error: unknown = await operation.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HostFileError)) throw new Error('it did not fail with a HostFileError');
  expect(error.message).toContain(error.path);
  expect(error.message).not.toContain('\n');
  return error.problem;
}

describe('readFile', () => {
  it('reads up to the limit', async () => {
    expect(Buffer.from(await host.readFile(at('ten'), 10)).toString()).toBe('0123456789');
    expect(await problemOf(host.readFile(at('ten'), 9))).toBe('too-large');
  });

  it('reads what has no size, like /proc', async () => {
    expect((await host.readFile('/proc/version', 10_000)).length).toBeGreaterThan(10);
    expect(await problemOf(host.readFile('/proc/version', 5))).toBe('too-large');
  });

  it.each([
    ['missing', 'not-found'],
    ['ten/below', 'not-found'],
    ['dangling', 'not-found'],
    ['folder', 'is-directory'],
    ['pipe', 'other'],
  ])('%s: %s', async (name, problem) => {
    expect(await problemOf(host.readFile(at(name), 10))).toBe(problem);
  });

  it('not permitted', async () => {
    await chmod(directory, 0o755);
    await writeFile(at('locked'), '', { mode: 0 });
    expect(await asOrdinaryUser(() => problemOf(host.readFile(at('locked'), 10)))).toBe('not-permitted');
    await rm(at('locked'));
  });
});

describe('readDirectory', () => {
  it('lists what is there, sorted, links as links', async () => {
    expect(await host.readDirectory(directory)).toEqual([
      { name: 'dangling', kind: 'link' },
      { name: 'folder', kind: 'directory' },
      { name: 'link', kind: 'link' },
      { name: 'pipe', kind: 'other' },
      { name: 'ten', kind: 'file' },
    ]);
  });

  it('says what is wrong', async () => {
    expect(await problemOf(host.readDirectory(at('missing')))).toBe('not-found');
    expect(await problemOf(host.readDirectory(at('ten')))).toBe('not-found');
  });
});

describe('stat', () => {
  it('follows links', async () => {
    expect(await host.stat(at('link'))).toMatchObject({ size: 10, directory: false });
    expect(await host.stat(at('folder'))).toMatchObject({ directory: true });
  });

  it('knows what is not there', async () => {
    expect(await host.stat(at('dangling'))).toBeUndefined();
    expect(await host.stat(at('ten/below'))).toBeUndefined();
  });
});
