import { message } from '../../message';
import { CERTAIN, LIKELY, hostFact, type Case, type Cause, type Judgement } from '../cause';
import { saidCause } from '../said';
import { firstSaid, type SaidSymptom } from '../symptom';
import { enrolKey } from '../toolRemedies';
import { reasonOf } from './loadRefused';

const family = 'load_policy';

const NOT_PERMITTED =
  /operation not permitted|不允许的操作|Operation nicht erlaubt|Opération non permise|許可されていない操作/i;
const KEY_REFUSED =
  /required key not available|key was rejected|Notwendiger Schlüssel|erforderlicher Schlüssel|所需的密钥不可用|密钥被服务所拒绝/i;

const isNotPermitted = (said: SaidSymptom): boolean => NOT_PERMITTED.test(reasonOf(said));
const noEfi = ({ symptoms }: Case): boolean => firstSaid(symptoms, 'no-efi') !== undefined;

const keyNotEnrolled = saidCause({
  key: 'secure_boot_key_not_enrolled',
  family,
  signs: ['load-refused', 'key-missing'],
  when: (said) => said.sign === 'key-missing' || KEY_REFUSED.test(reasonOf(said)),
  weight: LIKELY + 30,
  decidedBy: message('mokutil --sb-state; modinfo -F signer'),
  title: message('The kernel does not trust the module’s signature, or it has none'),
  explanation: message(
    'The kernel (Secure Boot, as a rule) loads only modules signed with a key it knows. Make a key, sign the module with the kernel’s scripts/sign-file, enrol the key with mokutil --import and confirm it at the next boot. Switching Secure Boot off also works and lowers the machine’s protection.',
  ),
  remedies: () => [enrolKey()],
});

const lockedDown = saidCause({
  key: 'secure_boot_lockdown',
  family,
  signs: ['locked-down', 'load-refused'],
  when: (said) => said.sign === 'locked-down' || isNotPermitted(said),
  weight: (_, { symptoms, facts }) => {
    if (firstSaid(symptoms, 'locked-down') !== undefined) return LIKELY + 35;
    return facts?.security.lockdown !== undefined && facts.security.lockdown !== 'none' ? CERTAIN : LIKELY - 10;
  },
  decidedBy: message('cat /sys/kernel/security/lockdown; dmesg has a line that begins with Lockdown:'),
  title: message('The kernel is locked down (Secure Boot) and loads no unsigned module'),
  explanation: message(
    'With Secure Boot on, the kernel’s lockdown refuses unsigned modules even to root. Sign the module with a key of your own and enrol it with mokutil --import. Switching Secure Boot off also works and lowers the machine’s protection.',
  ),
  remedies: () => [enrolKey()],
});

const lockdownWithoutEfi = saidCause({
  key: 'lockdown_forced_no_uefi',
  family,
  signs: ['no-efi', 'load-refused', 'locked-down'],
  when: (said, kase) =>
    (said.sign !== 'load-refused' || isNotPermitted(said) || KEY_REFUSED.test(reasonOf(said))) &&
    (noEfi(kase) || (said.sign === 'load-refused' && isNotPermitted(said))),
  weight: (_, kase) => (noEfi(kase) ? CERTAIN : LIKELY - 25),
  decidedBy: message('mokutil says: EFI variables are not supported on this system'),
  title: message('The kernel asks for signatures, and this machine has no UEFI to enrol a key in'),
  explanation: message(
    'The kernel’s own configuration or boot line (lockdown=, module.sig_enforce) refuses unsigned modules, and without UEFI no key can be enrolled. Boot without lockdown= and module.sig_enforce, or take a kernel that does not enforce them.',
  ),
});

const selinux = saidCause({
  key: 'selinux_denied',
  family,
  signs: ['selinux', 'load-refused'],
  when: (said) => said.sign === 'selinux' || /permission denied|权限不够|拒绝访问/i.test(reasonOf(said)),
  weight: ({ sign }) => (sign === 'selinux' ? CERTAIN : LIKELY - 10),
  decidedBy: message('ausearch -m avc -c insmod shows a denial'),
  title: message('SELinux refuses to load the module'),
  explanation: message(
    'SELinux denies the process the right to load a module from this file. Restore the file’s label (restorecon on /lib/modules) and load it with modprobe from there. Do not switch SELinux off for this.',
  ),
});

const modulesDisabled = saidCause({
  key: 'modules_disabled_sysctl',
  family,
  signs: ['modules-disabled'],
  weight: CERTAIN,
  decidedBy: message('cat /proc/sys/kernel/modules_disabled prints 1'),
  title: message('Loading modules is switched off until the next boot'),
  explanation: message(
    'kernel.modules_disabled=1 cannot be set back: no module loads until a reboot. Find what sets it (sysctl.d, a hardening service) and load TOA before that.',
  ),
});

/** What the shell shows of the user, or the host's facts. */
function isUser({ symptoms, facts }: Case): boolean {
  return facts === undefined ? firstSaid(symptoms, 'not-superuser', 'user-prompt') !== undefined : facts.user.uid !== 0;
}

const notRoot = saidCause({
  key: 'not_root',
  family,
  signs: ['load-refused', 'not-superuser'],
  when: (said, kase) =>
    said.sign === 'load-refused'
      ? isNotPermitted(said)
      : /must be|are you root|not running as root/i.test(said.text) &&
        firstSaid(kase.symptoms, 'load-refused') === undefined,
  weight: (_, kase) => LIKELY + (isUser(kase) ? 20 : -20),
  decidedBy: message('id -u does not print 0'),
  title: message('Only root loads modules'),
  explanation: message('The command ran as a normal user. Run it with sudo, or as root.'),
});

const containerWithoutRight = saidCause({
  key: 'container_no_sys_module',
  family: 'environment',
  signs: ['load-refused'],
  when: isNotPermitted,
  weight: (_, { symptoms, facts }) =>
    facts?.environment.container !== undefined || firstSaid(symptoms, 'in-container') !== undefined
      ? LIKELY + 25
      : LIKELY - 28,
  decidedBy: message('The command ran in a container: /proc/1/cgroup, /run/.containerenv, systemd-detect-virt'),
  title: message('A container may not load modules into its host’s kernel'),
  explanation: message(
    'Loading a module needs CAP_SYS_MODULE, which containers do not have. Load it on the host: all its containers share that kernel. Giving a container --privileged for this hands it the whole host.',
  ),
});

/** The facts of the host, where a load was refused without a reason. */
const disabledByFact: Cause = {
  key: 'modules_disabled_sysctl',
  family,
  decidedBy: modulesDisabled.decidedBy,
  judge({ symptoms, facts }): Judgement | undefined {
    const symptom = firstSaid(symptoms, 'load-refused');
    if (symptom === undefined || !isNotPermitted(symptom)) return undefined;
    const isOff = facts?.security.modulesDisabled === true;
    return {
      symptom,
      weight: isOff ? CERTAIN + 5 : LIKELY - 35,
      title: message('Loading modules is switched off until the next boot'),
      explanation: message(
        'kernel.modules_disabled=1 cannot be set back: no module loads until a reboot. Find what sets it (sysctl.d, a hardening service) and load TOA before that.',
      ),
      evidence: isOff ? [hostFact('/proc/sys/kernel/modules_disabled: 1')] : [],
    };
  },
};

export const LOAD_POLICY_CAUSES: readonly Cause[] = [
  keyNotEnrolled,
  lockedDown,
  lockdownWithoutEfi,
  selinux,
  modulesDisabled,
  disabledByFact,
  notRoot,
  containerWithoutRight,
];
