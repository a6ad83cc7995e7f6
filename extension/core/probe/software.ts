import type { Packages, ToaState, Tools } from '../facts';
import { splitPair, type Fields } from './report';

/** Commands of package managers, most telling first: `dnf` can be installed on Debian, `apt-get` hardly on Fedora. */
const MANAGERS = [
  ['apt-get', 'apt'],
  ['zypper', 'zypper'],
  ['dnf', 'dnf'],
  ['yum', 'yum'],
  ['apk', 'apk'],
  ['pacman', 'pacman'],
] as const;

/** The package manager and the installed packages that matter for building. */
export function packages(fields: Fields, commands: Readonly<Record<string, string>>): Packages {
  return {
    manager: MANAGERS.find(([command]) => Object.hasOwn(commands, command))?.[1],
    installed: fields.all('package').map((line) => {
      const [name, version] = splitPair(line);
      return { name, version };
    }),
    available: undefined,
  };
}

/** Commands and versions of the build tools. */
export function tools(fields: Fields): Tools {
  return {
    commands: commands(fields.all('command')),
    gcc: versionIn(fields.one('tools.gcc')),
    make: versionIn(fields.one('tools.make')),
    libc: fields.one('tools.libc'),
  };
}

/** The first place of each command wins, as in PATH. */
function commands(lines: readonly string[]): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const [name, path] of lines.map(splitPair)) {
    if (path.startsWith('/') && !found.has(name)) found.set(name, path);
  }
  return Object.fromEntries(found);
}

/** `12.2.0` of `gcc (Debian 12.2.0-14) 12.2.0`, `4.3` of `GNU Make 4.3`: the version after the distribution's own one in brackets. */
function versionIn(line: string | undefined): string | undefined {
  return /\d+(?:\.\d+)+/.exec(line?.replace(/\([^()]*\)/g, '') ?? '')?.[0];
}

/** What is there of the TOA module itself. */
export function toaState(fields: Fields): ToaState {
  const idle = fields.all('toa.autoload-idle');
  return {
    loaded: fields.is('toa.loaded'),
    version: fields.one('toa.version'),
    srcversion: fields.one('toa.srcversion'),
    kinds: optionKinds(fields.one('toa.kinds')),
    files: fields.records('toa.file').map(({ value: path, fields: file }) => ({
      path,
      vermagic: file.one('vermagic')?.trim(),
    })),
    autoload: fields.all('toa.autoload'),
    ...(idle.length > 0 && { idleAutoload: idle }),
  };
}

/** `200,254` as the kernel prints a parameter that is a list. */
function optionKinds(text: string | undefined): readonly number[] | undefined {
  const kinds = (text ?? '').split(',').map((part) => (/^\d{1,3}$/.test(part.trim()) ? Number(part) : 0));
  return kinds.every((kind) => kind > 1 && kind < 256) ? kinds : undefined;
}
