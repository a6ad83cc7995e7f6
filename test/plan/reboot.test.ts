// The module is there after a reboot, and after a reboot into a newer kernel: the server's disk, booted in QEMU with its own systemd,
// module index, modules-load.d and initramfs. What plans do on it is done without its kernel, which saves minutes of emulation.
// TOA_DOCTOR_KERNELS names the series to boot, `5.10 7.x` or `all`; 6.1 alone without it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boot } from '../vm/guest';
import { EVERY_SERIES, type Series } from './debianServer';
import { server, type Server } from './server';

const BOOT_TIMEOUT = 600_000;

function wanted(): readonly Series[] {
  const names = (process.env['TOA_DOCTOR_KERNELS'] ?? '6.1').split(' ');
  return names.includes('all') ? EVERY_SERIES : EVERY_SERIES.filter((series) => names.includes(series));
}

/** What the guest does once it is up: it tells of the module, and ends. */
const UNIT = `[Unit]
After=sysinit.target
[Service]
Type=oneshot
ExecStart=/opt/report
`;
const REPORT = `#!/bin/sh
exec >/dev/ttyS0 2>&1
echo
echo "release=$(uname -r)"
echo "modules=$(grep -c '^toa ' /proc/modules)"
/opt/toa-selftest
echo GUEST-READY
sync
systemctl poweroff -f -f
`;
const PREPARE = `set -e
wants=/etc/systemd/system/multi-user.target.wants
printf '%s' "$1" >/etc/systemd/system/report.service
printf '%s' "$2" >/opt/report
chmod 755 /opt/report
ln -s ../report.service $wants/report.service
gcc -o /opt/toa-selftest /mnt/project/kernel/selftest/*.c`;
const CLEAN =
  'rm -r /opt/report /opt/toa-selftest /etc/systemd/system/report.service /etc/systemd/system/multi-user.target.wants/report.service';

/** Boots a kernel of the server from a disk of its own, and gives what it told. */
async function reboot(host: Server, kernel: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-disk-'));
  try {
    expect(host.run('sh', '-c', PREPARE, 'sh', UNIT, REPORT)).toMatchObject({ status: 0, stderr: '' });
    host.image(directory, kernel);
    expect(host.run('sh', '-c', CLEAN).status).toBe(0);
    const guest = await boot({
      vmlinuz: join(directory, 'vmlinuz'),
      initramfs: join(directory, 'initramfs'),
      ready: 'GUEST-READY',
      timeout: BOOT_TIMEOUT,
      append: 'root=/dev/vda rw systemd.show_status=0 quiet',
      machine: ['-m', '768M', '-drive', `file=${join(directory, 'disk')},format=raw,if=virtio,cache=unsafe`],
    });
    await guest.ended();
    await guest.stop();
    return guest.console().replaceAll('\r', '');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const SELF_TEST = /^family=ipv4 result=right .*accept=203\.0\.113\.7:4660 getpeername=203\.0\.113\.7:4660$/m;

test.each(wanted())(
  'Linux %s: install, reboot, kernel update, reboot, uninstall',
  { timeout: 3_000_000 },
  async (series) => {
    const host = await server(series);
    try {
      await installed(host);
    } finally {
      host.remove();
    }
  },
);

/** For each kernel: will the module be there after a reboot? What the plan says, before it is tried. */
function foretold(host: Server): Readonly<Record<string, string>> {
  const { stays } = JSON.parse(host.cli('plan', '--json').stdout) as {
    readonly stays: readonly { readonly release: string; readonly verdict: string }[];
  };
  return Object.fromEntries(stays.map(({ release, verdict }) => [release, verdict]));
}

async function installed(host: Server): Promise<void> {
  const before = host.listing();
  const packages = host.packages();
  expect(foretold(host)).toEqual({ [host.running]: 'no' });
  const plan = host.cli('install', '--yes', '--skip', 'load');
  expect(plan.status, plan.stdout + plan.stderr).toBe(0);
  // From 6.12 on the newer kernel has come with its headers.
  expect(foretold(host)).toMatchObject({ [host.running]: 'yes' });

  const first = await reboot(host, host.running);
  expect(first).toContain(`release=${host.running}\nmodules=1\n`);
  expect(first).toMatch(SELF_TEST);

  const update = host.run('apt-get', 'install', '-y', '--no-install-recommends', `linux-image-${host.next}`);
  expect(update.status, update.stderr).toBe(0);
  expect(foretold(host)).toEqual({ [host.running]: 'yes', [host.next]: 'yes' });
  const second = await reboot(host, host.next);
  expect(second).toContain(`release=${host.next}\nmodules=1\n`);
  expect(second).toMatch(SELF_TEST);

  const undone = host.cli('uninstall', '--yes');
  expect(undone.status, undone.stdout).toBe(0);
  // The newer kernel, and what it shares with the headers that came before it.
  const brought = host.packages().filter((name) => !packages.includes(name));
  if (brought.length > 0) expect(host.run('dpkg', '--purge', ...brought).status).toBe(0);
  expect(host.listing()).toEqual(before);
}
