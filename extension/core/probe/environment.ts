import type { Environment, Security, User } from '../facts';
import type { Fields } from './report';

/** Groups whose members may run sudo by default: Debian and Ubuntu, Red Hat, old Ubuntu, Google's images. */
const SUDO_GROUPS = ['sudo', 'wheel', 'admin', 'google-sudoers'];

/**
 * The user and how commands become root. Whether sudo asks for a password is not known without running it (which the host's
 * log would show), so membership in a group that may use it gives `sudo-password`.
 */
export function user(fields: Fields): User {
  const uid = Number(fields.one('user.id'));
  const groups = (fields.one('user.groups') ?? '').split(' ');
  const hasSudo = fields.all('command').some((command) => command.startsWith('sudo '));
  const mayUseSudo = hasSudo && groups.some((group) => SUDO_GROUPS.includes(group));
  return {
    uid,
    name: fields.one('user.name'),
    privilege: uid === 0 ? 'root' : mayUseSudo ? 'sudo-password' : 'none',
  };
}

const MANAGERS: readonly (readonly [RegExp, Environment['container']])[] = [
  [/^docker/, 'docker'],
  [/^podman/, 'podman'],
  [/^lxc/, 'lxc'],
  [/^openvz/, 'openvz'],
  [/^kube/, 'kubernetes'],
  [/^wsl/, undefined],
  [/./, 'other'],
];

/** Container and WSL, decided from several signs. */
export function environment(fields: Fields): Environment {
  const kernel = `${fields.one('kernel.release') ?? ''} ${fields.one('kernel.built') ?? ''}`;
  return { container: container(fields), wsl: /microsoft/i.test(kernel), init: fields.one('init') };
}

function container(fields: Fields): Environment['container'] {
  const signs = new Set(fields.all('container.sign'));
  const named = fields.one('container.named');
  if (signs.has('kubernetes')) return 'kubernetes';
  if (named !== undefined) return MANAGERS.find(([pattern]) => pattern.test(named))?.[1];
  if (signs.has('containerenv') || signs.has('podman')) return 'podman';
  // An image turned into a virtual machine keeps /.dockerenv, but neither the layered root nor the mounted /etc/hosts.
  const insideImage = signs.has('overlay-root') || signs.has('mounted-hosts');
  if (signs.has('docker') || (signs.has('dockerenv') && insideImage)) return 'docker';
  if (signs.has('lxc')) return 'lxc';
  if (signs.has('openvz')) return 'openvz';
  return signs.has('overlay-root') && signs.has('mounted-hosts') ? 'other' : undefined;
}

/** What the kernel and the firmware refuse. `config` is the running kernel's. */
export function security(fields: Fields, config: Readonly<Record<string, string>>, isContainer: boolean): Security {
  const efi = fields.is('security.efi');
  return {
    lockdown: lockdown(fields.one('security.lockdown')),
    secureBoot: secureBoot(fields.one('security.secure-boot'), efi || isContainer),
    efi,
    signatureEnforced: signatureEnforced(fields, config),
    modulesDisabled: flag(fields.one('security.modules-disabled')),
  };
}

/** `none [integrity] confidentiality`: the word in brackets. */
function lockdown(text: string | undefined): Security['lockdown'] {
  const word = /\[(\w+)\]/.exec(text ?? '')?.[1];
  return word === 'none' || word === 'integrity' || word === 'confidentiality' ? word : undefined;
}

/** The last byte of the EFI variable. A machine without EFI has no Secure Boot; a container cannot see either. */
function secureBoot(bytes: string | undefined, hidden: boolean): boolean | undefined {
  const last = bytes?.trim().split(/\s+/).at(-1);
  return flag(last) ?? (hidden ? undefined : false);
}

/** The module parameter decides; where it cannot be read, the boot option and the configuration do (kernel/module/signing.c). */
function signatureEnforced(fields: Fields, config: Readonly<Record<string, string>>): boolean | undefined {
  const parameter = flag(fields.one('security.sig-enforce'));
  if (parameter !== undefined) return parameter;
  const options = fields.all('security.boot-option').map((option) => option.split('=')[1] ?? '1');
  if (config['MODULE_SIG_FORCE'] === 'y' || options.some((value) => flag(value) === true)) return true;
  return Object.keys(config).length > 0 ? false : undefined;
}

function flag(text: string | undefined): boolean | undefined {
  if (text === '1' || text === 'Y' || text === 'y') return true;
  return text === '0' || text === 'N' || text === 'n' ? false : undefined;
}
