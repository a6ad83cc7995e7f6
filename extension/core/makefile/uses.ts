import type { Span } from '../text';
import { slice, unquoted } from './characters';
import { commandWord, isModuleArgument, makeCommands, type MakeCommand } from './commands';
import type { Region } from './regions';
import type { Command } from './scan';
import { startingInside } from './spans';

/** What a kernel decides: the tree that make enters, where modules are installed, or something else. */
export type Role = 'build' | 'install' | 'other';

/** A word that names a kernel's directory or its release, and what for. */
export interface Use {
  readonly role: 'build' | 'install';
  readonly holds: 'directory' | 'release';
  readonly word: Span;
  readonly region: Region;
}

const INSTALLERS: readonly string[] = ['install', 'cp', 'mv', 'mkdir', 'rm', 'rmdir', 'ln', '$(INSTALL)', '${INSTALL}'];
const KERNEL_NAME = /^(K(DIR|SRC|VER|ERN)|LINUX)/i;

/** Every word of the Makefile that a kernel's tree or module directory is named by. `kernelVariables` lead to one. */
export function findUses(
  text: string,
  regions: readonly Region[],
  kernelVariables: ReadonlySet<string>,
): readonly Use[] {
  return regions.flatMap((region) => {
    const makes = makeCommands(text, region);
    return [
      ...makes.flatMap((make) => treesOf(text, make, kernelVariables)),
      ...makes.flatMap(installPaths),
      ...enteredByCd(text, region, makes),
      ...region.scan.commands.flatMap((command) => installUses(text, region, command)),
    ];
  });
}

function treesOf(text: string, make: MakeCommand, kernelVariables: ReadonlySet<string>): readonly Use[] {
  const { region } = make;
  const forModule = make.variables.some(isModuleArgument);
  return make.directories
    .filter((word) => forModule || namesKernel(text, word, region, kernelVariables))
    .map((word) => ({ role: 'build', holds: 'directory', word, region }));
}

/** Tells `-C /lib/modules/…` from `-C src`. */
function namesKernel(text: string, word: Span, region: Region, kernelVariables: ReadonlySet<string>): boolean {
  const references = startingInside(region.scan.references, word);
  return (
    mentionsKernel(slice(text, word)) ||
    references.some(({ name }) => kernelVariables.has(name) || KERNEL_NAME.test(name))
  );
}

export function mentionsKernel(text: string): boolean {
  return text.includes('/lib/modules/') || text.includes('/usr/src/') || text.includes('uname');
}

function installPaths({ region, variables }: MakeCommand): readonly Use[] {
  return variables
    .filter(({ name }) => name === 'INSTALL_MOD_PATH')
    .map(({ value }) => ({ role: 'install', holds: 'directory', word: value, region }));
}

/** `cd TREE && make SUBDIRS=…`. */
function enteredByCd(text: string, region: Region, makes: readonly MakeCommand[]): readonly Use[] {
  if (!makes.some((make) => make.directories.length === 0 && make.variables.some(isModuleArgument))) return [];
  return region.scan.commands.flatMap(([cd, directory]) =>
    cd && directory && commandWord(text, cd) === 'cd'
      ? [{ role: 'build', holds: 'directory', word: unquoted(text, directory), region }]
      : [],
  );
}

function installUses(text: string, region: Region, command: Command): readonly Use[] {
  const first = command.findIndex((word) => commandWord(text, word) !== 'sudo');
  const word = command[first];
  if (!word) return [];
  const name = commandWord(text, word).replace(/^.*\//, '');
  const holds = name === 'depmod' ? 'release' : INSTALLERS.includes(name) ? 'directory' : undefined;
  if (holds === undefined) return [];
  return command
    .slice(first + 1)
    .map((argument) => ({ role: 'install', holds, word: unquoted(text, argument), region }));
}
