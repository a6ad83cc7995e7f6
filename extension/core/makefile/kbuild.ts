import type { Span } from '../text';
import { slice } from './characters';
import { isModuleArgument, makeCommands, type CommandVariable, type MakeCommand } from './commands';
import { findRegions, type Region } from './regions';
import { outermost } from './spans';
import type { Makefile } from './syntax';
import { trace } from './trace';

/** A module that kbuild is told to make: one word of `obj-m` or `obj-$(CONFIG_…)`. */
export interface ModuleObject {
  /** `toa` for `toa.o`; as written when it holds a reference. */
  readonly name: string;
  readonly span: Span;
  /** `CONFIG_TOA` of `obj-$(CONFIG_TOA)`; absent for `obj-m`. */
  readonly option: string | undefined;
}

const OBJECT_LIST = /^obj-(?:m|y|\$[({](\w+)[)}])$/;

/** Every `M=…`, the older `SUBDIRS=…` and `KBUILD_EXTMOD=…` given to make: the directory of the module's source. */
export function findModuleArguments(makefile: Makefile): readonly CommandVariable[] {
  return moduleMakes(makefile).flatMap(({ variables }) => variables.filter(isModuleArgument));
}

/**
 * What else is given on the command line where make enters a kernel tree, such as `CONFIG_TOA=m` or `ARCH=x86_64`: a direct
 * call of kbuild needs the same. The values are as written; `expand` resolves them.
 */
export function makeVariables(makefile: Makefile): readonly CommandVariable[] {
  const builds = trace(makefile).uses.filter(({ role }) => role === 'build');
  const regions = new Set(builds.map(({ region }) => region));
  const words = new Set(builds.map(({ word }) => word.start));
  return [...regions]
    .flatMap((region) => makeCommands(makefile.text, region))
    .filter(({ directories }) => directories.some(({ start }) => words.has(start)))
    .flatMap(({ variables }) => variables.filter((variable) => !isModuleArgument(variable)));
}

/** Every module named by `obj-m` or `obj-$(CONFIG_…)`. */
export function findObjects(makefile: Makefile): readonly ModuleObject[] {
  const { text } = makefile;
  return objectLists(makefile).flatMap((region) => {
    const option = OBJECT_LIST.exec(region.assignment?.name ?? '')?.[1];
    return outermost(region.scan.commands.flat())
      .filter((word) => text.startsWith('.o', word.end - 2) && word.end - word.start > 2)
      .map((span) => ({
        name: slice(text, { start: span.start, end: span.end - 2 }),
        span,
        option,
      }));
  });
}

/** Does the file list objects for kbuild? A Makefile may only call kbuild and leave the list to a file `Kbuild`. */
export function isKbuild(makefile: Makefile): boolean {
  return makefile.statements.some((statement) => statement.kind === 'assignment' && OBJECT_LIST.test(statement.name));
}

function objectLists(makefile: Makefile): readonly Region[] {
  return findRegions(makefile).filter(
    ({ assignment }) => assignment && assignment.name !== 'obj-y' && OBJECT_LIST.test(assignment.name),
  );
}

function moduleMakes(makefile: Makefile): readonly MakeCommand[] {
  return findRegions(makefile).flatMap((region) => makeCommands(makefile.text, region));
}
