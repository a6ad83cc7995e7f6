// Files over ssh by sh alone: against Debian's tools, and busybox's.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SshHost } from '../../extension/host/ssh/sshHost';
import { startBusybox } from './hosts/busybox';
import type { TestHost } from './hosts/server';
import { startSshd } from './hosts/sshd';

/** A server, and where its root directory is seen from here. */
type Started = TestHost & { readonly root: string };

const HOSTS: readonly (readonly [string, () => Promise<Started>])[] = [
  ['sshd', async () => ({ ...(await startSshd()), root: '' })],
  ['busybox and dropbear', () => startBusybox()],
];

describe.each(HOSTS)('files of %s', (_name, start) => {
  let server: Started;
  let host: SshHost;
  /** The directory as the host names it, and as we see it. */
  let far = '';
  let near = '';
  beforeAll(async () => {
    server = await start();
    host = new SshHost(server.name, { configFile: server.configFile });
  });
  afterAll(async () => {
    await host.dispose();
    await server.stop();
  });
  beforeEach(() => {
    near = mkdtempSync(join(server.root === '' ? tmpdir() : join(server.root, 'tmp'), "with space ; 'né-"));
    far = near.slice(server.root.length);
  });
  afterEach(() => {
    rmSync(near, { recursive: true, force: true });
  });
  const problem = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'none',
      (error: unknown) => (error as { problem?: string }).problem,
    );

  it('reads any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (bytes) => {
        writeFileSync(join(near, 'a'), bytes);
        expect(Buffer.from(await host.readFile(`${far}/a`, 10_000))).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 15 },
    );
  });

  it('writes any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (bytes) => {
        const stat = await host.files.write(`${far}/a`, bytes, 'any');
        expect(readFileSync(join(near, 'a'))).toEqual(Buffer.from(bytes));
        expect(stat.size).toBe(bytes.length);
      }),
      { numRuns: 15 },
    );
    expect(readdirSync(near)).toEqual(['a']);
  });

  it('reads and writes ten megabytes', async () => {
    const large = Buffer.alloc(10_485_760, 'né\n$(id)\0\r');
    await host.files.write(`${far}/large`, large, 'new');
    expect(readFileSync(join(near, 'large')).equals(large)).toBe(true);
    expect(Buffer.compare(await host.readFile(`${far}/large`, large.length), large)).toBe(0);
    expect(await problem(host.readFile(`${far}/large`, large.length - 1))).toBe('too-large');
  });

  it('opens names that are hostile', async () => {
    const names = ['-rf', '$(id)', '`id`', 'a\nb', '; x', "'", '"', '*', '\\', ' ', '你好', '!', '.hidden', '[', '('];
    for (const name of names) await host.files.write(`${far}/${name}`, Buffer.from(name), 'new');
    expect(readdirSync(near).sort()).toEqual([...names].sort());
    const listed = await host.readDirectory(far);
    expect(listed.map(({ name }) => name)).toEqual([...names].sort());
    for (const name of names) {
      expect(Buffer.from(await host.readFile(`${far}/${name}`, 100)).toString()).toBe(name);
      await host.files.change('remove', `${far}/${name}`);
    }
    expect(readdirSync(near)).toEqual([]);
  });

  it('lists kinds, links with where they lead, and a thousand entries', async () => {
    mkdirSync(join(near, 'directory'));
    writeFileSync(join(near, 'file'), '');
    symlinkSync('directory', join(near, 'to-directory'));
    symlinkSync('file', join(near, 'to-file'));
    symlinkSync('nowhere', join(near, 'to-nowhere'));
    execFileSync('mkfifo', [join(near, 'pipe')]);
    expect(await host.readDirectory(far)).toEqual([
      { name: 'directory', kind: 'directory' },
      { name: 'file', kind: 'file' },
      { name: 'pipe', kind: 'other' },
      { name: 'to-directory', kind: 'link', target: 'directory' },
      { name: 'to-file', kind: 'link', target: 'file' },
      { name: 'to-nowhere', kind: 'link' },
    ]);
    expect(await problem(host.readFile(`${far}/pipe`, 10))).toBe('other');
    const many = join(near, 'directory');
    for (let index = 0; index < 1000; index += 1) writeFileSync(join(many, String(index)), '');
    expect(await host.readDirectory(`${far}/directory`)).toHaveLength(1000);
    expect(await host.readDirectory(`${far}/to-directory`)).toHaveLength(1000);
  });

  it('keeps mode, owner and links when it writes', async () => {
    writeFileSync(join(near, 'script'), 'old', { mode: 0o750 });
    chmodSync(join(near, 'script'), 0o750);
    chownSync(join(near, 'script'), 1234, 5678);
    symlinkSync('script', join(near, 'link'));
    await host.files.write(`${far}/link`, Buffer.from('new'), 'any');
    const { mode, uid, gid } = statSync(join(near, 'script'));
    expect([mode & 0o7777, uid, gid]).toEqual([0o750, 1234, 5678]);
    expect(lstatSync(join(near, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(near, 'script'), 'utf8')).toBe('new');
    linkSync(join(near, 'script'), join(near, 'second name'));
    await host.files.write(`${far}/script`, Buffer.from('newer'), 'any');
    expect(readFileSync(join(near, 'second name'), 'utf8')).toBe('newer');
  });

  it('does not overwrite what was changed underneath', async () => {
    writeFileSync(join(near, 'a'), 'one');
    const seen = await host.stat(`${far}/a`);
    if (seen === undefined || !('version' in seen)) throw new Error('no version');
    const version = String(seen.version);
    rmSync(join(near, 'a'));
    writeFileSync(join(near, 'a'), 'two');
    expect(await problem(host.files.write(`${far}/a`, Buffer.from('mine'), version))).toBe('changed');
    expect(readFileSync(join(near, 'a'), 'utf8')).toBe('two');
    expect(await problem(host.files.write(`${far}/a`, Buffer.from('mine'), 'new'))).toBe('exists');
    const stat = await host.files.write(`${far}/a`, Buffer.from('mine'), 'any');
    await host.files.write(`${far}/a`, Buffer.from('again'), stat.version);
    expect(readFileSync(join(near, 'a'), 'utf8')).toBe('again');
  });

  it('says what is wrong', async () => {
    mkdirSync(join(near, 'd'));
    writeFileSync(join(near, 'd/f'), '');
    expect(await problem(host.readFile(`${far}/none`, 10))).toBe('not-found');
    expect(await problem(host.readFile(`${far}/d`, 10))).toBe('is-directory');
    expect(await problem(host.readDirectory(`${far}/none`))).toBe('not-found');
    expect(await problem(host.readDirectory(`${far}/d/f`))).toBe('not-found');
    expect(await problem(host.files.write(`${far}/d`, Buffer.from(''), 'any'))).toBe('is-directory');
    expect(await problem(host.files.write(`${far}/none/a`, Buffer.from(''), 'any'))).toBe('not-found');
    expect(await problem(host.files.change('make-directory', `${far}/d`))).toBe('exists');
    expect(await problem(host.files.change('remove', `${far}/d`))).toBe('exists');
    expect(await problem(host.files.change('rename', `${far}/none`, `${far}/x`))).toBe('not-found');
    expect(await problem(host.readFile('/a\0b', 10))).toBe('not-found');
    expect(await host.stat(`${far}/none`)).toBeUndefined();
    await host.files.change('rename', `${far}/d/f`, `${far}/d/g`);
    await host.files.change('remove-tree', `${far}/d`);
    expect(readdirSync(near)).toEqual([]);
  });

  it('keeps the old file when the disk is full', async () => {
    const disk = join(near, 'disk');
    mkdirSync(disk);
    const inHost = await host.run({ argv: ['mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', `${far}/disk`] });
    expect(inHost.code).toBe(0);
    try {
      await host.files.write(`${far}/disk/a`, Buffer.from('old'), 'new');
      expect(
        await problem(host.files.write(`${far}/disk/a`, Buffer.alloc(2_000_000, 'rm -rf /nowhere\n'), 'any')),
      ).toBe('no-space');
      expect(Buffer.from(await host.readFile(`${far}/disk/a`, 10)).toString()).toBe('old');
      expect(await host.readDirectory(`${far}/disk`)).toHaveLength(1);
    } finally {
      await host.run({ argv: ['umount', `${far}/disk`] });
    }
  });
});
