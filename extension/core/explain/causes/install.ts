import { message } from '../../message';
import { parseRelease } from '../../kernel/release';
import { CERTAIN, LIKELY, type Cause } from '../cause';
import { reboot } from '../remedies';
import { saidCause } from '../said';
import { firstSaid, type SaidSymptom } from '../symptom';
import { rebuildIndex } from '../toolRemedies';

const family = 'install';

/** The release in whose directory modprobe searched. */
const searched = ({ values }: SaidSymptom): string =>
  /\/lib\/modules\/([^\s/]+)/.exec(values['directory'] ?? values['index'] ?? values['path'] ?? '')?.[1] ?? '';

const isForeign = (said: SaidSymptom): boolean => ['linuxkit', 'wsl'].includes(parseRelease(searched(said)).family);

const depmodNotRun = saidCause({
  key: 'depmod_not_run',
  family,
  signs: ['module-not-found', 'sections-moved'],
  when: ({ sign }, { symptoms }) => sign === 'module-not-found' || firstSaid(symptoms, 'sign-skipped') === undefined,
  weight: ({ sign }) => (sign === 'module-not-found' ? LIKELY + 10 : LIKELY - 5),
  decidedBy: message('find /lib/modules/$(uname -r) -name "*.ko*" shows the file, and modules.dep does not name it'),
  title: ({ module = '?' }) => message('modprobe does not find {module}: the index was not made again', { module }),
  explanation: message(
    'modprobe reads modules.dep, which depmod makes. If the .ko is below /lib/modules/$(uname -r), run depmod -a; if not, install it there first. make modules_install skips depmod where System.map is missing.',
  ),
  remedies: () => [rebuildIndex()],
});

/** The directory modprobe searched has no index, or a newer kernel's directory is named beside it. */
const staleKernel = saidCause({
  key: 'stale_running_kernel',
  family: 'headers',
  signs: ['module-not-found'],
  when: (said) => !isForeign(said),
  weight: ({ values }) => (values['index'] === undefined ? 20 : LIKELY + 15),
  decidedBy: message('ls /lib/modules shows a newer kernel than uname -r'),
  title: message('The kernel was updated and the machine not rebooted'),
  explanation: message(
    'The running kernel’s own modules went away with the update, so nothing can be loaded until a reboot.',
  ),
  remedies: () => [reboot(undefined)],
});

const hostKernel = saidCause({
  key: 'container_host_kernel',
  family: 'environment',
  signs: ['no-modules-folder', 'module-not-found', 'depmod-folder'],
  when: (said, { symptoms }) =>
    said.sign === 'no-modules-folder' ||
    isForeign(said) ||
    firstSaid(symptoms, 'in-container') !== undefined ||
    (said.sign === 'depmod-folder' && /^\/(?:usr\/)?lib\/modules\//.test(said.values['path'] ?? '')),
  weight: (said) => {
    if (parseRelease(searched(said)).family === 'wsl') return LIKELY - 10;
    return said.sign === 'depmod-folder' ? LIKELY : LIKELY + 25;
  },
  decidedBy: message('The command ran in a container: /proc/1/cgroup, /run/.containerenv, systemd-detect-virt'),
  title: message('This is a container or chroot, which has no modules of its host’s kernel'),
  explanation: message(
    'uname -r names the host’s kernel, and the image has no /lib/modules for it. Build, install and load the module on the host; in a chroot name the kernel: depmod -a RELEASE.',
  ),
});

const wslModules = saidCause({
  key: 'wsl_kernel',
  family: 'environment',
  signs: ['module-not-found', 'depmod-folder'],
  when: (said) => parseRelease(searched(said)).family === 'wsl',
  weight: CERTAIN,
  decidedBy: message('uname -r contains "microsoft"'),
  title: message('The WSL kernel comes without this module'),
  explanation: message(
    'Inside WSL the kernel comes from Microsoft, not from the Linux distribution. TOA belongs on the server behind the load balancer: build there. To build for WSL itself, its kernel source must be prepared by hand.',
  ),
});

const notAutoloaded = saidCause({
  key: 'not_autoloaded_at_boot',
  family,
  signs: ['needs-reboot-load'],
  weight: LIKELY - 5,
  severity: 'warning',
  decidedBy: message('No file in /etc/modules-load.d names the module'),
  title: message('Nothing loads the module at boot'),
  explanation: message(
    'Write its name into /etc/modules-load.d/toa.conf. Not every distribution reads /etc/modules, and rc.local runs only when it is executable.',
  ),
});

const wrongBase = saidCause({
  key: 'depmod_wrong_basedir',
  family,
  signs: ['depmod-folder'],
  when: ({ values }) => !/^\/(?:usr\/)?lib\/modules\//.test(values['path'] ?? ''),
  weight: CERTAIN,
  decidedBy: message('The depmod command that is printed has -b with an empty or relative directory'),
  title: ({ path = '?' }) =>
    message('depmod looks below {path}, because its base directory is empty or relative', { path }),
  explanation: message(
    'The Makefile calls depmod -b with an empty directory, which depmod takes for the current one. The module is installed: run depmod -a by hand, and take -b "$(INSTALL_MOD_PATH)" out where it is empty.',
  ),
  remedies: () => [rebuildIndex()],
});

const brokenIndex = saidCause({
  key: 'depmod_broke_index',
  family,
  signs: ['depmod-file'],
  weight: LIKELY + 20,
  decidedBy: message('wc -l /lib/modules/$(uname -r)/modules.dep shows almost no lines'),
  title: message('depmod was called with a file and replaced the index of all modules by one entry'),
  explanation: message(
    'Given a file, depmod writes an index of that file alone: after the next boot drivers are not found. Run depmod -a at once, before rebooting.',
  ),
  remedies: () => [rebuildIndex()],
});

export const INSTALL_CAUSES: readonly Cause[] = [
  depmodNotRun,
  staleKernel,
  hostKernel,
  wslModules,
  notAutoloaded,
  wrongBase,
  brokenIndex,
];
