// The vendor paths on what looks like CentOS 7: real rpm, and dnf as yum, on repositories with small packages made for the test. Limits: libc,
// gcc and rpm are this machine's, and the headers are Debian's under a CentOS release.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../tools/project';
import { centosTree } from './centosTree';
import type { Ended } from './server';

const RELEASE = '3.10.0-1160.119.1.el7.x86_64';
const VENDOR = '/srv/vendor/x86_64/kernel-3.10.0-693.el7.toa.x86_64.rpm';

let scratch: string;
let tree: string;
let holder: ChildProcess;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'toa-doctor-centos-'));
  tree = join(scratch, 'tree');
  mkdirSync(join(scratch, 'memory'));
  await centosTree(tree, RELEASE);
  const hold = 'mount -t tmpfs centos "$1" && echo ready && exec cat';
  const argv = ['--mount', '--propagation', 'private', 'sh', '-c', hold, 'sh', join(scratch, 'memory')];
  const held = spawn('unshare', argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  holder = held;
  await once(held.stdout, 'data');
}, 300_000);
afterAll(() => {
  holder.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

function run(...command: readonly string[]): Ended {
  const own = [`--mount=/proc/${String(holder.pid)}/ns/mnt`, 'unshare', '--mount', '--propagation', 'private'];
  const script = [join(root, 'test/plan/centos.sh'), join(scratch, 'memory'), RELEASE, tree, root];
  return spawnSync('nsenter', [...own, 'sh', ...script, ...command], {
    encoding: 'utf8',
    input: '',
    maxBuffer: 1 << 28,
  });
}
const cli = (...args: readonly string[]): Ended => run(process.execPath, '/mnt/project/dist/cli.js', ...args);

interface Result {
  readonly id: string;
  readonly state: string;
}

const states = ({ stdout }: Ended): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (JSON.parse(stdout) as { readonly results: readonly Result[] }).results.map((one) => [one.id, one.state]),
  );

test(
  'kernel-devel of exactly the running release comes from the archive’s repository, and the module is built with it',
  { timeout: 600_000 },
  () => {
    const installed = cli('install', '--yes', '--skip', 'load', '--json');
    expect(installed.status, installed.stderr).toBe(0);
    expect(installed.stderr).toMatch(/kernel-devel +x86_64 +3\.10\.0-1160\.119\.1\.el7 +vault/);
    expect(states(installed)).toMatchObject({
      headers: 'done',
      [`make:${RELEASE}`]: 'done',
      [`index:${RELEASE}`]: 'done',
    });
    expect(run('modinfo', '-k', RELEASE, '-F', 'vermagic', 'toa').stdout.split(' ')[0]).toBe(RELEASE);
    expect(run('modinfo', '-k', RELEASE, '-F', 'filename', 'toa').stdout.trim()).toBe(
      `/lib/modules/${RELEASE}/extra/toa.ko`,
    );

    expect(cli('uninstall', '--yes').status).toBe(0);
    expect(run('rpm', '-q', 'kernel-devel').status).not.toBe(0);
    expect(run('modinfo', '-k', RELEASE, 'toa').status).not.toBe(0);
  },
);

test('the vendor’s kernel RPM conflicts, and the step for its dependencies resolves that', { timeout: 600_000 }, () => {
  expect(run('rpm', '-i', '--test', '--oldpackage', VENDOR).stderr).toContain(
    'kmod < 2 conflicts with kernel-3.10.0-693',
  );
  // grubby is of Red Hat alone.
  const installed = cli('install', '--yes', '--from', VENDOR, '--skip', 'rpm-boot', '--json');
  expect(states(installed)).toEqual({
    'rpm-dependencies': 'done',
    'rpm-kernel': 'done',
    'rpm-boot': 'skipped',
    autoload: 'done',
    reboot: 'by-hand',
  });
  expect(run('rpm', '-q', 'kernel', 'kmod').stdout).toBe('kernel-3.10.0-693.el7.toa.x86_64\nkmod-2-1.x86_64\n');
  const again = cli('install', '--yes', '--from', VENDOR, '--skip', 'rpm-boot', '--json');
  expect(states(again)).toMatchObject({ 'rpm-dependencies': 'already', 'rpm-kernel': 'already' });
});
