import type { Facts } from '../facts';
import { message, type Message } from '../message';
import { autoloadStep } from './autoload';
import { loadedAfterBoot } from './load';
import { MODULE } from './names';
import { whyNotHere } from './ownModule';
import bootAgain from './scripts/bootAgain.sh';
import rpmFits from './scripts/rpmFits.sh';
import rpmHas from './scripts/rpmHas.sh';
import unload from './scripts/unload.sh';
import { command, refusedPlan, script, type Plan, type Step } from './step';

/** A vendor's prebuilt kernel with TOA in it, as `rpm -qp` tells of the file. */
export interface KernelRpm {
  readonly path: string;
  /** `VERSION-RELEASE.ARCH`: what `uname -r` will say. */
  readonly release: string;
}

/** What the kernels of the CentOS 7 guides conflict with in their installed versions. */
const CONFLICTING = ['dracut', 'linux-firmware', 'xfsprogs', 'kmod', 'kexec-tools'];

/** A vendor's kernel RPM on CentOS 6 or 7: install, boot it, load its module, keep it loaded. */
export function planKernelRpm(facts: Facts, { path, release }: KernelRpm): Plan {
  const title = message('Install the kernel {release} with TOA, from {path}', { release, path });
  const { manager } = facts.packages;
  const refuse = (refused: Message): Plan => refusedPlan(title, release, refused);
  const wrong = whyNotHere(facts, release);
  if (wrong !== undefined) return refuse(wrong);
  if (manager !== 'yum' && manager !== 'dnf')
    return refuse(message('{path} is an RPM package, and this system does not use RPM.', { path }));
  const steps = [
    ...(isEl6(facts) ? [] : [dependenciesStep(manager, path)]),
    installStep(path, release),
    bootStep(release, facts),
    // Before the reboot, which then shows whether it works.
    autoloadStep(MODULE, facts),
    rebootStep(release, facts),
    loadAfterReboot(release, facts),
  ];
  return { title, release, steps, notes: [aboutSecurity()] };
}

const aboutSecurity = (): Message =>
  message(
    'A vendor’s kernel replaces the distribution’s and gets none of its security updates. TOA Doctor’s own module works with the kernel you have.',
  );

function isEl6({ distribution, kernel }: Facts): boolean {
  return distribution.version?.split('.')[0] === '6' || kernel.release.includes('.el6');
}

function dependenciesStep(manager: 'yum' | 'dnf', path: string): Step {
  return {
    id: 'rpm-dependencies',
    title: message('Bring what the kernel conflicts with up to date: {packages}', { packages: CONFLICTING.join(' ') }),
    // dnf leaves what is installed as it is, and update leaves out what is not.
    actions: [command([manager, 'install', '-y', ...CONFLICTING]), command([manager, 'update', '-y', ...CONFLICTING])],
    changes: message('Newer versions of {packages}', { packages: CONFLICTING.join(' ') }),
    paths: [],
    installs: 'rpm',
    check: script(rpmFits, [path]),
    needsRoot: true,
    notes: [
      message(
        'On CentOS 7 rpm says “conflicts with” or “is needed by” for these. The guides’ --force and --nodeps hide that, and leave a system whose initramfs may not boot. Older versions do not come back with the undo.',
      ),
    ],
  };
}

function installStep(path: string, release: string): Step {
  return {
    id: 'rpm-kernel',
    title: message('Install the kernel {release}', { release }),
    actions: [command(['rpm', '-ivh', '--oldpackage', '--nosignature', path])],
    changes: message('Package kernel {release}, beside those that are installed', { release }),
    paths: [],
    installs: 'rpm',
    check: script(rpmHas, [path]),
    needsRoot: true,
    notes: [
      message(
        'The vendor guides write rpm -hiv --force, which overwrites files of other packages without a word. --oldpackage is all that an older kernel needs.',
      ),
    ],
  };
}

function bootStep(release: string, { kernel }: Facts): Step {
  const image = `/boot/vmlinuz-${release}`;
  return {
    id: 'rpm-boot',
    title: message('Boot {release} by default', { release }),
    actions: [command(['grubby', '--set-default', image])],
    changes: message('The default entry of the boot loader'),
    paths: ['/boot/grub/grub.conf', '/boot/grub2/grubenv'],
    check: command(['sh', '-c', '[ "$(grubby --default-kernel)" = "$1" ]', 'sh', image]),
    // grub's environment may lie behind a link on the EFI partition.
    undo: script(bootAgain, [image, `/boot/vmlinuz-${kernel.release}`]),
    needsRoot: true,
    notes: [],
  };
}

function rebootStep(release: string, { kernel }: Facts): Step {
  return {
    id: 'reboot',
    title: message('Reboot into {release}', { release }),
    actions: [command(['shutdown', '-r', '+1', 'TOA Doctor: reboot into the installed kernel'])],
    byHand: true,
    changes: message('The machine restarts: every service stops for that time'),
    paths: [],
    check: command(['sh', '-c', '[ "$(uname -r)" = "$1" ]', 'sh', release]),
    needsRoot: true,
    skip: kernel.release === release ? message('{release} is running.', { release }) : undefined,
    notes: [message('Keep a console at hand: a kernel that does not boot is chosen away there.')],
  };
}

function loadAfterReboot(release: string, { kernel }: Facts): Step {
  return {
    id: 'load',
    title: message('Load the module'),
    actions: [command(['modprobe', MODULE])],
    changes: message('The running kernel: new connections show the client’s address'),
    paths: [],
    check: command(['test', '-d', `/sys/module/${MODULE}`]),
    undo: script(unload, [MODULE]),
    needsRoot: true,
    skip: kernel.release === release ? undefined : loadedAfterBoot(release, kernel.release),
    notes: [],
  };
}
