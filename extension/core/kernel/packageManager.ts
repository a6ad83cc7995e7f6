import type { Packages } from '../facts';

export type Manager = NonNullable<Packages['manager']>;
type Commands = readonly (readonly string[])[];

/** Argument lists that install packages without asking questions. `options` go before the verb. */
export function installCommands(manager: Manager, packages: readonly string[], options: readonly string[] = []): Commands {
  switch (manager) {
    case 'apt':
      return [
        ['apt-get', 'update'],
        ['apt-get', ...options, 'install', '-y', ...packages],
      ];
    case 'dnf':
    case 'yum':
      return [[manager, ...options, 'install', '-y', ...packages]];
    case 'zypper':
      return [['zypper', '--non-interactive', ...options, 'install', ...packages]];
    case 'apk':
      return [['apk', ...options, 'add', ...packages]];
    case 'pacman':
      return [['pacman', ...options, '-S', '--noconfirm', '--needed', ...packages]];
  }
}

/** Argument lists that remove packages without asking questions. */
export function removeCommands(manager: Manager, packages: readonly string[]): Commands {
  switch (manager) {
    case 'apt':
      return [['apt-get', 'remove', '-y', ...packages]];
    case 'dnf':
    case 'yum':
      return [[manager, 'remove', '-y', ...packages]];
    case 'zypper':
      return [['zypper', '--non-interactive', 'remove', ...packages]];
    case 'apk':
      return [['apk', 'del', ...packages]];
    case 'pacman':
      return [['pacman', '-R', '--noconfirm', ...packages]];
  }
}
