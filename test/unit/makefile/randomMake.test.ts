import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeOverridable, retarget } from '../../../extension/core/makefile/edits';
import { overrideFor } from '../../../extension/core/makefile/overrides';
import { parseMakefile } from '../../../extension/core/makefile/parse';
import { resolveBuildDirectory } from '../../../extension/core/makefile/resolve';
import { applyEdits } from '../../../extension/core/text';
import { runMake, type MakeRun } from './realMake';

const RUNNING = '6.12.9-running';
const TARGETS = [
  { release: '6.1.0', treePath: '/usr/src/linux-headers-6.1.0', viaBuildLink: true },
  { release: '6.1.0', treePath: '/opt/tree', viaBuildLink: false },
] as const;

const operator = fc.constantFrom('=', ':=', '?=', ' = ', ' := ', ' ?= ');
const running = fc.constantFrom('$(shell uname -r)', '5.4.0-1', '`uname -r`', '$$(uname -r)');
const release = fc.oneof(running, fc.constantFrom('$(KVER)', '$(R)'));
const tree = fc.oneof(
  release.map((text) => `/lib/modules/${text}/build`),
  fc.constantFrom('/usr/src/linux', '/usr/src/linux-headers-$(KVER)', '/lib/modules/$(R)'),
);
const directory = fc.oneof(tree, fc.constantFrom('$(KDIR)', '$(K)/build'));
/** In an order in which no variable refers to itself, which make would refuse. */
const assignment = fc
  .oneof(
    fc.tuple(fc.constantFrom('R', 'export R'), operator, running),
    fc.tuple(fc.constantFrom('KVER', 'override KVER'), operator, fc.oneof(running, fc.constant('$(R)'))),
    fc.tuple(fc.constant('K'), operator, tree),
    fc.tuple(fc.constantFrom('KDIR', 'all: KDIR'), operator, fc.oneof(tree, fc.constant('$(K)/build'))),
  )
  .map((parts) => parts.join(''));
const conditional = fc
  .tuple(
    fc.constantFrom(
      'ifneq ($(KERNELRELEASE),)',
      'ifdef KVER',
      'ifeq ($(R),5.4.0-1)',
      'ifndef NONE',
      'ifeq "$(KVER)" ""',
    ),
    fc.array(assignment, { maxLength: 2 }),
    fc.array(assignment, { maxLength: 2 }),
  )
  .map(([condition, then, otherwise]) => [condition, ...then, 'else', ...otherwise, 'endif'].join('\n'));
const recipe = fc.oneof(
  directory.map((path) => `\tmake -C ${path} M=$(CURDIR) modules`),
  directory.map((path) => `\t@$(MAKE) V=1 --directory ${path} M="$(CURDIR)"`),
  release.map((text) => `\tdepmod -a ${text}; install x "/lib/modules/${text}/extra"`),
);
const makefiles = fc
  .tuple(
    fc.array(fc.oneof(assignment, conditional), { maxLength: 6 }),
    fc.array(recipe, { minLength: 1, maxLength: 3 }),
  )
  .map(([before, recipes]) => [...before, 'all:', ...recipes, ''].join('\n'));

/** What make runs, or `undefined` when it refuses the Makefile. */
function run(text: string, args: readonly string[] = []): MakeRun | undefined {
  try {
    return runMake(text, { release: RUNNING, arguments: args });
  } catch {
    return undefined;
  }
}

function commandsOf(made: MakeRun | undefined): string | undefined {
  return made && JSON.stringify(made.commands).replaceAll(made.directory, '.');
}

describe('any Makefile of assignments, conditionals and recipes, under GNU make', () => {
  it('is resolved to the trees that make enters', () => {
    fc.assert(
      fc.property(makefiles, (text) => {
        const made = run(text);
        if (!made) return;
        const trees = resolveBuildDirectory(parseMakefile(text), { unameRelease: RUNNING, directory: made.directory });
        for (const { path } of trees) if (path !== undefined) expect(made.trees).toContain(path);
        if (trees.every(({ path }) => path !== undefined)) expect(trees.map(({ path }) => path)).toEqual(made.trees);
      }),
      { numRuns: 40 },
    );
  });

  it('does the same after makeOverridable', () => {
    fc.assert(
      fc.property(makefiles, (text) => {
        const edited = applyEdits(text, makeOverridable(parseMakefile(text)));
        expect(commandsOf(run(edited))).toBe(commandsOf(run(text)));
      }),
      { numRuns: 40 },
    );
  });

  it.each(TARGETS)('builds for the target after retarget, or with the proposed variables %#', (target) => {
    const wanted = [target.treePath, ...(target.viaBuildLink ? [`/lib/modules/${target.release}/build`] : [])];
    const reaches = (made: MakeRun | undefined): boolean =>
      made !== undefined && made.trees.length > 0 && made.trees.every((tree) => wanted.includes(tree));
    fc.assert(
      fc.property(makefiles, (text) => {
        if (!run(text)) return;
        const makefile = parseMakefile(text);
        const edits = retarget(makefile, target);
        if (edits.length > 0) expect(reaches(run(applyEdits(text, edits)))).toBe(true);
        const override = overrideFor(makefile, target);
        if (!override) return;
        const args = Object.entries(override).map(([name, value]) => `${name}=${value}`);
        expect(reaches(run(text, args))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
