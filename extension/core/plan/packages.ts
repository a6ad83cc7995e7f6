import type { Facts } from '../facts';
import { headerPackage } from '../kernel/headerPackage';
import { followingHeaders } from '../kernel/followingHeaders';
import { installCommands, type Manager } from '../kernel/packageManager';
import { message, type Message } from '../message';
import commandsThere from './scripts/commandsThere.sh';
import { command, script, type Action, type PackageFormat, type Step } from './step';

/** What the undo of an installation has to compare. */
const FORMATS: Readonly<Record<Manager, PackageFormat>> = {
  apt: 'deb',
  dnf: 'rpm',
  yum: 'rpm',
  zypper: 'rpm',
  apk: 'apk',
  pacman: 'pacman',
};

/** A command of the tables in core/kernel. */
function asCommand([program = 'false', ...args]: readonly string[]): Action {
  return command([program, ...args]);
}

/** Installs packages; the lists of what is offered are fetched anew unless an earlier step did that. */
function install(
  manager: Manager,
  packages: readonly string[],
  refreshed: boolean,
  options: readonly string[] = [],
): readonly Action[] {
  const commands = installCommands(manager, packages, options);
  return (refreshed ? commands.slice(-1) : commands).map(asCommand);
}

const COMMON = (): Message =>
  message(
    'kernel-headers and glibc headers are for programs; a module is built with the kernel’s own build tree (kernel-devel, linux-headers), of exactly the release it is for.',
  );

/** The kernel's headers, gcc and make: all that a build needs. Skipped where they are there. `undefined` when no package is known. */
export function headersStep(release: string, facts: Facts): Step | { readonly refused: Message } {
  const tree = facts.trees.find((one) => one.release === release && one.hasModpost);
  const tools = ['gcc', 'make'].filter((name) => !Object.hasOwn(facts.tools.commands, name));
  const found = headerPackage(release, facts.distribution, facts.packages.manager);
  const { manager } = facts.packages;
  if (tree === undefined && found.kind === 'none') return { refused: found.reason };
  const headers = tree === undefined && found.kind === 'package' ? found : undefined;
  const names = [...(headers?.packages ?? []), ...tools];
  const commands =
    headers !== undefined
      ? withPackages(headers.installCommands, tools)
      : manager === undefined
        ? []
        : installCommands(manager, tools);
  return {
    id: 'headers',
    title: message('Install what the build needs: {packages}', { packages: names.join(' ') || 'gcc make' }),
    actions: commands.map(asCommand),
    changes: message('Packages {packages} and what they depend on', { packages: names.join(' ') || '—' }),
    paths: [],
    ...(manager === undefined ? {} : { installs: FORMATS[manager] }),
    check: script(commandsThere, [`/lib/modules/${release}/build/Makefile`, 'gcc', 'make']),
    needsRoot: true,
    skip: names.length === 0 ? message('The headers of {release}, gcc and make are there.', { release }) : undefined,
    notes: [COMMON(), ...(headers?.notes ?? [])],
  };
}

/** The last command of an installation names the packages at its end. */
function withPackages(
  commands: readonly (readonly string[])[],
  more: readonly string[],
): readonly (readonly string[])[] {
  return commands.map((argv, index) => (index === commands.length - 1 ? [...argv, ...more] : argv));
}

/** dkms, where the distribution's own repositories have it. `undefined` elsewhere: Red Hat's do not (EPEL does). */
export function dkmsStep(facts: Facts, refreshed: boolean): Step | undefined {
  const present = Object.hasOwn(facts.tools.commands, 'dkms');
  const { manager } = facts.packages;
  const offers = manager === 'apt' || manager === 'pacman' || facts.distribution.id === 'fedora';
  if (manager === undefined || (!present && !offers)) return undefined;
  return {
    id: 'dkms',
    title: message('Install dkms, which builds the module again for each new kernel'),
    actions: install(manager, ['dkms'], refreshed, manager === 'apt' ? ['--no-install-recommends'] : []),
    changes: message('Package dkms and what it depends on'),
    paths: [],
    installs: FORMATS[manager],
    check: script(commandsThere, ['', 'dkms']),
    needsRoot: true,
    skip: present ? message('dkms is there.') : undefined,
    notes: [],
  };
}

/**
 * Debian and Ubuntu bring headers with each new kernel only where the package that follows the newest ones is installed; without them
 * dkms cannot build. `undefined` where it is not needed.
 */
export function followingHeadersStep(release: string, facts: Facts, refreshed: boolean): Step | undefined {
  const following = followingHeaders(release, facts);
  if (facts.packages.manager !== 'apt' || following === undefined) return undefined;
  const { name, options } = following;
  const present = facts.packages.installed.some((one) => one.name === name);
  return {
    id: 'headers-follow',
    title: message('Install {package}, which brings the headers of each new kernel', { package: name }),
    actions: install('apt', [name], refreshed, ['--no-install-recommends', ...options]),
    changes: message('Package {package} and the newest headers', { package: name }),
    paths: [],
    installs: 'deb',
    check: { argv: ['dpkg-query', '-W', '-f', '${Version}', name] },
    needsRoot: true,
    skip: present ? message('{package} is there.', { package: name }) : undefined,
    notes: [
      message('From Linux 6.12 on Debian’s headers bring their kernel with them: the newest is booted next time.'),
    ],
  };
}
