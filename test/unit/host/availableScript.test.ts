import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseAvailable } from '../../../extension/core/probe/parseAvailable';
import availableScript from '../../../extension/host/available.sh';
import { scriptInput } from '../../../extension/host/script';
import { layOut, runOn, type FakeSystem } from './fakeRoot';
import { SHELLS, under } from './shells';

const YUM = `Available Packages
kernel-devel.x86_64                 3.10.0-957.el7                     base
kernel-devel.x86_64                 3.10.0-1160.119.1.el7              updates
kernel-debug-devel.x86_64
                                    3.10.0-1160.119.1.el7              updates
kernel-uek-devel.x86_64             2:5.4.17-2136.330.7.1.el7uek       ol7_UEKR6`;

const ZYPPER = `
S | Name                 | Type    | Version                 | Arch   | Repository
--+----------------------+---------+-------------------------+--------+-----------
  | kernel-default-devel | package | 6.4.0-150600.23.7.3     | x86_64 | update
v | kernel-devel         | package | 6.4.0-150600.23.7.3     | noarch | update`;

/** What each package manager prints, and the packages in it. */
const MANAGERS: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'apt-cache',
    'pkgnames',
    'bash\nraspberrypi-kernel-headers\nlinux-headers-6.1.0-50-amd64\nnot-linux-headers-1\nproxmox-headers-6.8\npve-headers-6.2',
    ['linux-headers-6.1.0-50-amd64', 'proxmox-headers-6.8', 'pve-headers-6.2', 'raspberrypi-kernel-headers'],
  ],
  [
    'yum',
    '--quiet --cacheonly --showduplicates list',
    YUM,
    [
      'kernel-devel-3.10.0-957.el7.x86_64',
      'kernel-devel-3.10.0-1160.119.1.el7.x86_64',
      'kernel-debug-devel-3.10.0-1160.119.1.el7.x86_64',
      'kernel-uek-devel-5.4.17-2136.330.7.1.el7uek.x86_64',
    ],
  ],
  [
    'zypper',
    '--non-interactive --quiet --no-refresh search',
    ZYPPER,
    ['kernel-default-devel-6.4.0-150600.23.7.3', 'kernel-devel-6.4.0-150600.23.7.3'],
  ],
  ['apk', 'search', 'linux-lts-dev-6.6.41-r0', ['linux-lts-dev-6.6.41-r0']],
  [
    'pacman',
    '-Ss',
    'core/linux-headers 6.9.7.arch1-1 [installed]\n    Headers and scripts',
    ['linux-headers-6.9.7.arch1-1'],
  ],
];

async function availableFrom(commands: FakeSystem['commands'], shell: (typeof SHELLS)[number]) {
  const uname = { release: '1', version: '#1' };
  const root = await layOut({ uname, id: { uid: 0, name: 'root', groups: 'root' }, files: {}, commands });
  try {
    return parseAvailable(runOn(root, shell, scriptInput(availableScript)));
  } finally {
    await rm(root, { recursive: true });
  }
}

for (const shell of SHELLS) {
  describe.skipIf(shell.missing)(`available.sh ${under(shell)}`, () => {
    it.each(MANAGERS)('lists the header packages of %s', async (command, args, output, expected) => {
      expect(await availableFrom({ [command]: { [args]: output } }, shell)).toEqual({ available: expected });
    });

    it('does not know without a package manager, or with an empty cache', async () => {
      expect(await availableFrom({}, shell)).toEqual({ available: undefined });
      expect(await availableFrom({ yum: {} }, shell)).toEqual({ available: undefined });
    });
  });
}
