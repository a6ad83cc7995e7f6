// The vendor paths on what looks like CentOS 6 and 7: real rpm, and dnf as yum, on repositories with small packages made for the test. Limits: libc,
// gcc and rpm are this machine's, and the headers are Debian's under a CentOS release.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../tools/project';
import { makePlan } from '../../extension/doctor/plan/makePlan';
import { probe } from '../../extension/host/probe';
import { centosTree } from './centosTree';
import type { Ended } from './server';
import { hostOf, STAY } from './serverHost';
import { survives } from './survives';

const RELEASE = '3.10.0-1160.119.1.el7.x86_64';
const EL6 = '2.6.32-754.35.1.el6.x86_64';
const VENDOR = '/srv/vendor/x86_64/kernel-3.10.0-693.el7.toa.x86_64.rpm';
const VENDOR_EL6 = '/srv/vendor/x86_64/kernel-2.6.32-696.el6.toa.x86_64.rpm';

let scratch: string;
let tree: string;
let holder: ChildProcess;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'toa-doctor-centos-'));
  tree = join(scratch, 'tree');
  mkdirSync(join(scratch, 'memory'));
  await centosTree(tree, RELEASE);
  const hold = 'mount -t tmpfs centos "$1" && mkdir "$1/6" "$1/7" "$1/cut" && echo ready && exec cat';
  const argv = ['--mount', '--propagation', 'private', 'sh', '-c', hold, 'sh', join(scratch, 'memory')];
  const held = spawn('unshare', argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  holder = held;
  await once(held.stdout, 'data');
}, 300_000);
afterAll(() => {
  holder.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

const run = (...command: readonly string[]): Ended => runOn('7', RELEASE, command);

/** Each server of its own, in memory. */
function argvOn(
  name: string,
  release: string,
  command: readonly string[],
  ...more: readonly string[]
): readonly string[] {
  const own = [`--mount=/proc/${String(holder.pid)}/ns/mnt`, 'unshare', '--mount', '--propagation', 'private', ...more];
  const script = [join(root, 'test/plan/centos.sh'), join(scratch, 'memory', name), release, tree, root];
  return [...own, 'sh', ...script, ...command];
}
const runOn = (name: string, release: string, command: readonly string[]): Ended =>
  spawnSync('nsenter', argvOn(name, release, command), { encoding: 'utf8', input: '', maxBuffer: 1 << 28 });
const start = (name: string, release: string, command: readonly string[]): ChildProcess =>
  spawn('nsenter', argvOn(name, release, command, '--pid', '--fork', '--kill-child'), {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
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

test('a vendor’s kernel RPM on CentOS 7, cut anywhere', { timeout: 3_600_000 }, async () => {
  const staying = start('cut', RELEASE, STAY);
  try {
    const host = await hostOf(staying);
    const facts = await probe(host, { headerDirectories: [] });
    const plan = await makePlan(host, facts, { version: '1', files: [] }, { from: VENDOR, release: undefined });
    // The newer versions of what conflicts stay, as that step says; what rpm writes about itself is its own.
    const steps = plan.steps.filter(({ id }) => ['rpm-kernel', 'autoload'].includes(id));
    const update = ['yum', 'update', '-y', 'dracut', 'linux-firmware', 'xfsprogs', 'kmod', 'kexec-tools'] as const;
    expect(await host.run({ argv: update })).toMatchObject({ code: 0 });
    const list =
      'rpm -qa | sort; find /etc /boot /lib/modules -type d -printf "%p %m\\n" -o -printf "%p %y %m %s %l\\n" | sort';
    const listing = async (): Promise<string> => (await host.run({ argv: ['sh', '-c', list] })).stdout;
    await survives({ host, facts, listing, plan: { ...plan, steps }, places: 2 });
  } finally {
    staying.kill('SIGKILL');
  }
});

describe('CentOS 6', { timeout: 600_000 }, () => {
  const on = (...command: readonly string[]): Ended => runOn('6', EL6, command);
  const install = (): Ended =>
    on(
      ...[process.execPath, '/mnt/project/dist/cli.js', 'install', '--yes', '--from', VENDOR_EL6],
      ...['--skip', 'rpm-boot', '--skip', 'load', '--json'],
    );
  // What rc.sysinit does with these files at boot; modprobe only says what it would do.
  const boot = `mv /sbin/modprobe /sbin/modprobe.real && printf '#!/bin/sh\\necho loads "$@"\\n' >/sbin/modprobe && chmod 755 /sbin/modprobe
    for file in /etc/sysconfig/modules/*.modules; do [ -x "$file" ] && "$file"; done
    mv -f /sbin/modprobe.real /sbin/modprobe`;

  test('the vendor’s kernel is installed without force, loads its module at boot, and goes without a trace', () => {
    const listing = (): string => on('find', '/etc/sysconfig', '/etc/rc.d', '/var/lib/toa-doctor', '-ls').stdout;
    const before = listing();
    expect(states(install())).toEqual({
      ...{ 'rpm-kernel': 'done', 'rpm-boot': 'skipped', autoload: 'done', reboot: 'by-hand' },
    });
    expect(on('rpm', '-q', 'kernel').stdout).toBe('kernel-2.6.32-696.el6.toa.x86_64\n');
    expect(on('sh', '-c', boot).stdout).toBe('loads toa\n');
    expect(states(install())).toMatchObject({ 'rpm-kernel': 'already', autoload: 'skipped', reboot: 'by-hand' });

    // After the reboot.
    on('sed', '-i', `s/${EL6}/2.6.32-696.el6.toa.x86_64/`, '/usr/bin/uname');
    expect(states(install())).toMatchObject({ 'rpm-kernel': 'already', reboot: 'skipped', load: 'skipped' });

    // What runs is not removed.
    const uninstall = (): Ended => on(process.execPath, '/mnt/project/dist/cli.js', 'uninstall', '--yes');
    expect(uninstall().stdout).toContain('toa.x86_64 is running: boot another kernel, then uninstall again');
    on('sed', '-i', `s/2.6.32-696.el6.toa.x86_64/${EL6}/`, '/usr/bin/uname');
    expect(uninstall().status).toBe(0);
    expect(on('rpm', '-q', 'kernel').status).not.toBe(0);
    expect(listing()).toBe(before);
  });
});
