import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Shell } from './shells';

/** The files of another system, as far as the probe looks at them. */
export interface FakeSystem {
  readonly uname: { readonly release: string; readonly version: string; readonly machine?: string };
  readonly id: { readonly uid: number; readonly name: string; readonly groups: string };
  /** Contents by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Targets of links by path. */
  readonly links?: Readonly<Record<string, string>>;
  readonly directories?: readonly string[];
  /** Commands in /usr/bin: what each prints, by the beginning of its arguments. */
  readonly commands: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What the scripts need from the system that runs the tests. */
const REAL_COMMANDS = ['awk', 'cat', 'find', 'grep', 'gzip', 'od', 'readlink', 'sed', 'sort', 'tr'];

/** Lays out a system below a new temporary directory and gives its path. */
export async function layOut(system: FakeSystem): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'toa probe root-')));
  for (const directory of system.directories ?? []) await mkdir(join(root, directory), { recursive: true });
  for (const [path, text] of Object.entries(system.files)) {
    await writeInto(root, path, text);
    if (/\/(?:modpost|rc\.local)$/.test(path)) await chmod(join(root, path), 0o755);
  }
  for (const [path, target] of Object.entries(system.links ?? {})) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(target, join(root, path));
  }
  const { uname, id } = system;
  const all = {
    uname: { '-s': 'Linux', '-r': uname.release, '-m': uname.machine ?? 'x86_64', '-v': uname.version },
    id: { '-un': id.name, '-u': String(id.uid), '-Gn': id.groups },
    ...system.commands,
  };
  for (const [name, answers] of Object.entries(all)) await writeCommand(root, name, answers);
  await linkRealCommands(root);
  return root;
}

/** Runs a script on a laid out system under a shell, and gives its standard output. */
export function runOn(root: string, shell: Shell, script: string, args: readonly string[] = []): string {
  const [command, ...options] = shell.argv;
  return execFileSync(command, [...options, '-s', '--', ...args], {
    input: script,
    encoding: 'utf8',
    env: { PATH: join(root, '.tools'), TOA_PROBE_ROOT: root },
  });
}

async function writeInto(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function writeCommand(root: string, name: string, answers: Readonly<Record<string, string>>): Promise<void> {
  const cases = Object.entries(answers).map(
    ([args, text]) => `'${args}'*)\ncat <<'END-OF-ANSWER'\n${text}\nEND-OF-ANSWER\n;;`,
  );
  const path = `/usr/bin/${name}`;
  await writeInto(root, path, `#!/bin/sh\ncase $* in\n${cases.join('\n')}\n*) exit 1 ;;\nesac\n`);
  await chmod(join(root, path), 0o755);
}

async function linkRealCommands(root: string): Promise<void> {
  await mkdir(join(root, '.tools'));
  for (const name of REAL_COMMANDS) {
    const path = execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' }).trim();
    await symlink(path, join(root, '.tools', name));
  }
}
