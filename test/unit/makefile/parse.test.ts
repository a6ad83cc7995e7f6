import { describe, expect, it } from 'vitest';
import { slice } from '../../../extension/core/makefile/characters';
import { parseMakefile } from '../../../extension/core/makefile/parse';
import type { Assignment, Statement } from '../../../extension/core/makefile/syntax';
import { fixture, makefileNames } from './fixtures';

function parse(text: string): readonly Statement[] {
  return parseMakefile(text).statements;
}

/** The statements as `kind: the part that matters`. */
function outline(text: string): readonly string[] {
  return parse(text).map((statement) => {
    switch (statement.kind) {
      case 'assignment':
        return `${statement.name} ${statement.operator} ${slice(text, statement.value)}`;
      case 'recipe':
        return `recipe ${slice(text, statement.recipe)}`;
      case 'rule':
        return `rule ${slice(text, statement.targets)} < ${slice(text, statement.prerequisites)}`;
      case 'conditional':
        return `${statement.opens?.directive ?? 'endif'} ${slice(text, statement.condition)}`.trim();
      case 'include':
        return `include ${slice(text, statement.files)}`;
      case 'directive':
      case 'plain':
        return `${statement.kind} ${slice(text, statement.content)}`;
      case 'blank':
        return 'blank';
    }
  });
}

function assignment(text: string): Assignment {
  const found = parse(text).find((statement) => statement.kind === 'assignment');
  if (!found) throw new Error('no assignment');
  return found;
}

describe('parseMakefile', () => {
  it.each(makefileNames())('tiles %s with its statements', (name) => {
    const text = fixture(name);
    expect(
      parse(text)
        .map(({ span }) => slice(text, span))
        .join(''),
    ).toBe(text);
    expect(parse(text).length).toBeGreaterThan(2);
  });

  it.each(['=', ':=', '::=', ':::=', '?=', '+=', '!='])('reads the operator %s with and without blanks', (operator) => {
    for (const text of [`A ${operator} b`, `A${operator}b`, `A\t${operator}b\r\n`]) {
      expect(outline(text)).toEqual([`A ${operator} b`]);
    }
  });

  it('reads modifiers, and variables that are named like one', () => {
    expect(assignment('export override private KVER := 1\n')).toMatchObject({
      name: 'KVER',
      modifiers: ['export', 'override', 'private'],
    });
    expect(outline('export = 1\nexport KVER\noverride define A =\nx\nendef\n')).toEqual([
      'export = 1',
      'directive KVER',
      'A = x',
    ]);
  });

  it('ends a value at a comment, not at an escaped or a referenced #', () => {
    expect(outline("A = b # c\nB = \\# d\nC = $(shell echo '#') e#f\n")).toEqual([
      'A = b ',
      'B = \\# d',
      "C = $(shell echo '#') e",
    ]);
  });

  it('gives tab lines to the shell only after a rule, with their #', () => {
    expect(outline('\tA = 1\nall: dep # comment\n\techo # kept\n\n# comment\n\ttwo\nB = 2\n\tC = 3\n')).toEqual([
      'A = 1',
      'rule all < dep',
      'recipe echo # kept',
      'blank',
      'recipe two',
      'B = 2',
      'C = 3',
    ]);
  });

  it('reads a recipe on the line of its rule, double colons and grouped targets', () => {
    const text = 'all:: a b ; make -C x # y\nc d &: e\n';
    const [first] = parse(text);
    expect(first?.kind === 'rule' && first.recipe && slice(text, first.recipe)).toBe(' make -C x # y');
    expect(outline(text)[1]).toBe('rule c d < e');
  });

  it('follows .RECIPEPREFIX', () => {
    expect(outline('.RECIPEPREFIX = >\nall:\n> one\n\tA = 1\n')).toEqual(
      ['.RECIPEPREFIX = >', 'rule all <', 'recipe  one', 'A = 1'].map((line) =>
        line === 'rule all <' ? 'rule all < ' : line,
      ),
    );
  });

  it('reads target-specific variables', () => {
    const text = 'all install: KDIR := /x;y\n';
    const found = assignment(text);
    expect(found).toMatchObject({ name: 'KDIR', operator: ':=' });
    expect(slice(text, found.value)).toBe('/x;y');
    expect(found.targets && slice(text, found.targets)).toBe('all install');
  });

  it('joins lines by an odd number of backslashes, with LF and CRLF', () => {
    expect(outline('A = b \\\n  c\nB = d\\\\\nC = e\\\r\nf\r\n')).toEqual([
      'A = b \\\n  c',
      'B = d\\\\',
      'C = e\\\r\nf',
    ]);
    expect(outline('all:\n\tone \\\n\ttwo\n')).toEqual(['rule all < ', 'recipe one \\\n\ttwo']);
  });

  it('reads nested defines, and one that is never closed', () => {
    const text = 'define A\nx\ndefine B\ny\nendef\n\tendef\nendef # end\nC = 1\ndefine D\nz';
    expect(outline(text)).toEqual(['A = x\ndefine B\ny\nendef\n\tendef', 'C = 1', 'D = z']);
  });

  it('knows the branches of a conditional', () => {
    const text =
      'ifneq ($(KERNELRELEASE),)\nA = 1\nelse ifdef B\nA = 2\nelse\n  ifeq "x" "y"\nA = 3\n  endif\nendif\nA = 4\n';
    const directives = parse(text).flatMap((statement) => {
      if (statement.kind !== 'assignment') return [];
      const { branch } = statement;
      return [[branch?.directive, branch?.previous?.directive, branch?.parent?.directive]];
    });
    expect(directives).toEqual([
      ['ifneq', undefined, undefined],
      ['ifdef', 'ifneq', undefined],
      ['ifeq', undefined, 'else'],
      [undefined, undefined, undefined],
    ]);
  });

  it('reads includes, lone expansions, a byte order mark and stray directives', () => {
    expect(outline('\uFEFFA = 1\n-include $(X)/.config\n$(eval B = 2)\nendif\nelse\n')).toEqual([
      'A = 1',
      'include $(X)/.config',
      'plain $(eval B = 2)',
      'plain endif',
      'plain else',
    ]);
  });
});
