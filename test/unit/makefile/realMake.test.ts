import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { slice } from '../../../extension/core/makefile/characters';
import { makeOverridable } from '../../../extension/core/makefile/overridable';
import { overrideFor } from '../../../extension/core/makefile/overrides';
import { parseMakefile } from '../../../extension/core/makefile/parse';
import { resolveBuildDirectory } from '../../../extension/core/makefile/resolve';
import { retarget, type Edited } from '../../../extension/core/makefile/retarget';
import { applyEdits } from '../../../extension/core/text';
import { fixture, makefileNames } from './fixtures';
import { runMake, type MakeRun } from './realMake';

const RUNNING = '6.12.9-running';
const LINKED = { release: '6.1.0-44-amd64', treePath: '/usr/src/linux-headers-6.1.0-44-amd64', viaBuildLink: true };
const UNPACKED = { ...LINKED, treePath: '/opt/headers/linux-headers-6.1.0-44-amd64', viaBuildLink: false };

/** They enter no kernel tree, or ask whether a directory is there that this machine need not have. */
const NOT_RUN = ['not-kbuild.mk', 'entered-by-cd.mk', 'unknown-condition.mk'];
/** Its release goes through a command, which is never run to resolve it. */
const NEEDS_SED = 'piped.mk';
const NAMES = makefileNames().filter((name) => !NOT_RUN.includes(name));

function edited(text: string, result: Edited): string {
  if (result.kind === 'refused') throw new Error(result.reason.text);
  return applyEdits(text, result.edits);
}

/** All targets with a plain name. */
function targetsOf(text: string): readonly string[] {
  return parseMakefile(text).statements.flatMap((statement) =>
    statement.kind === 'rule'
      ? slice(text, statement.targets)
          .split(/\s+/)
          .filter((name) => /^\w+$/.test(name))
      : [],
  );
}

function run(text: string, args: readonly string[] = [], release = RUNNING): MakeRun {
  const ran = runMake(text, { release, targets: targetsOf(text), arguments: args });
  return { ...ran, trees: ran.trees.filter((tree) => tree !== 'tools') };
}

function withoutDirectory({ commands, directory }: MakeRun): readonly string[] {
  return commands.map((command) => command.join(' ').replaceAll(directory, '.')).sort();
}

describe.each(NAMES)('%s under GNU make', (name) => {
  const text = fixture(name);
  const makefile = parseMakefile(text);

  it('enters the trees that were resolved', () => {
    const { trees, directory } = run(text);
    const resolved = resolveBuildDirectory(makefile, { unameRelease: RUNNING, directory, exists: existsSync });
    expect(trees.length).toBeGreaterThan(0);
    const expected = name === NEEDS_SED ? [undefined] : trees;
    expect(new Set(resolved.map(({ path }) => path))).toEqual(new Set(expected));
  });

  it('enters /lib/modules of the target after retarget, and installs there', () => {
    const { trees, commands } = run(edited(text, retarget(makefile, LINKED)));
    expect(trees.length).toBeGreaterThan(0);
    expect(new Set(trees)).toEqual(new Set([`/lib/modules/${LINKED.release}/build`]));
    expect(JSON.stringify(commands)).not.toContain(RUNNING);
  });

  it('enters unpacked headers after retarget, and installs for their release', () => {
    const { trees, commands } = run(edited(text, retarget(makefile, UNPACKED)));
    expect(new Set(trees)).toEqual(new Set([UNPACKED.treePath]));
    expect(JSON.stringify(commands)).not.toContain(RUNNING);
  });

  it('can be retargeted again, to the other tree and back', () => {
    const unpacked = edited(text, retarget(makefile, UNPACKED));
    const linked = edited(unpacked, retarget(parseMakefile(unpacked), LINKED));
    expect(new Set(run(linked).trees)).toEqual(new Set([`/lib/modules/${LINKED.release}/build`]));
  });

  it('does the same as before when it was made overridable', () => {
    const overridable = edited(text, makeOverridable(makefile));
    expect(withoutDirectory(run(overridable))).toEqual(withoutDirectory(run(text)));
  });

  it.each([LINKED, UNPACKED])('builds for the target with the proposed variables %#', (target) => {
    for (const source of [text, edited(text, makeOverridable(makefile))]) {
      const override = overrideFor(parseMakefile(source), target);
      if (!override) continue;
      const { trees } = run(
        source,
        Object.entries(override).map(([variable, value]) => `${variable}=${value}`),
      );
      const wanted = target.viaBuildLink ? `/lib/modules/${target.release}/build` : target.treePath;
      expect(new Set(trees)).toEqual(new Set([wanted]));
    }
  });
});

describe('overrideFor', () => {
  const proposals = Object.fromEntries(NAMES.map((name) => [name, overrideFor(parseMakefile(fixture(name)), LINKED)]));

  it('proposes what each Makefile listens to', () => {
    expect(proposals).toMatchInlineSnapshot(`
      {
        "bang-assigned.mk": {
          "KVER": "6.1.0-44-amd64",
        },
        "command-variable.mk": {
          "KSRC": "/lib/modules/6.1.0-44-amd64/build",
        },
        "conditional.mk": {
          "KDIR": "/lib/modules/6.1.0-44-amd64/build",
        },
        "crlf.mk": {
          "KVER": "6.1.0-44-amd64",
        },
        "define.mk": undefined,
        "hard-coded-el7.mk": {
          "KERNEL_SRC": "/lib/modules/6.1.0-44-amd64/build",
        },
        "hard-coded-recipe.mk": undefined,
        "huawei.mk": undefined,
        "kernel-doc.mk": {
          "KDIR": "/lib/modules/6.1.0-44-amd64/build",
        },
        "kver-chain.mk": {
          "KVER": "6.1.0-44-amd64",
        },
        "literal-release.mk": {
          "KVER": "6.1.0-44-amd64",
        },
        "mixed-endings.mk": {
          "KSRC": "/lib/modules/6.1.0-44-amd64/build",
        },
        "no-final-newline.mk": undefined,
        "override.mk": undefined,
        "piped.mk": {
          "KVER": "6.1.0-44-amd64",
        },
        "plain-assigned.mk": {
          "KERNEL_VERSION": "6.1.0-44-amd64",
        },
        "recipe-prefix.mk": undefined,
        "shell-substitution.mk": undefined,
        "target-specific.mk": {
          "KDIR": "/lib/modules/6.1.0-44-amd64/build",
        },
      }
    `);
  });

  it('proposes the release for every Makefile that had uname -r, once it is overridable', () => {
    const names = NAMES.filter((name) => fixture(name).includes('uname -r'));
    for (const name of names) {
      const text = edited(fixture(name), makeOverridable(parseMakefile(fixture(name))));
      expect(Object.values(overrideFor(parseMakefile(text), LINKED) ?? {}), name).toEqual([LINKED.release]);
    }
  });
});
