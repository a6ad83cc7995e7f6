// The command lines that the pages show: each command, option, script and part of the tests is there, under that name.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../extension/cli/run';
import { parseArguments } from '../../../extension/cli/arguments';
import { root } from '../../tools/project';
import { manifestText } from '../manifest/manifest';
import { pages, textOf } from './pages';

/** What stands in code on a page: whole blocks' lines, and words between backticks. */
function codeOf(page: string): readonly string[] {
  const text = textOf(page);
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].flatMap(([, block = '']) => block.split('\n'));
  const words = [...text.replace(/^```.*?^```/gms, '').matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
  return [...blocks, ...words];
}

/** The words behind a program's name, as far as its own command goes: to a comment, a pipe, or the line's end. */
function callsOf(program: RegExp, page: string): readonly (readonly string[])[] {
  return codeOf(page).flatMap((line) => {
    const [, words] = program.exec(line) ?? [];
    return words === undefined
      ? []
      : [
          words
            .replace(/\s+(?:#|\||&&).*$/, '')
            .split(/[\s,;]+/)
            .filter(Boolean),
        ];
  });
}

const { scripts } = JSON.parse(manifestText) as { readonly scripts: Readonly<Record<string, string>> };

describe.each(pages)('%s', (page) => {
  test('shows commands of toa-doctor as they can be written', () => {
    for (const [verb = '', ...args] of callsOf(/(?:^|[\s|])(?:toa-doctor|node dist\/cli\.js)((?: .*)?)$/, page)) {
      if (verb === '' || verb === '--help') continue;
      const command = COMMANDS[verb];
      expect(command, `toa-doctor ${verb}`).toBeDefined();
      if (command !== undefined && !args.includes('--help')) parseArguments(args, command);
    }
  });

  test('shows scripts of npm that are there', () => {
    for (const [verb = '', name = ''] of callsOf(/(?:^|\s)npm( .*)$/, page)) {
      if (['ci', 'install'].includes(verb)) continue;
      expect(Object.keys(scripts), `npm ${verb} ${name}`).toContain(verb === 'run' ? name : verb);
    }
  });

  test('names files of this repository that are there', () => {
    const named = codeOf(page).flatMap(
      (word) => word.match(/(?:^|(?<=\s))(?:test|extension|docs|kernel|media)\/[\w./-]+\.\w+/g) ?? [],
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('each command of the tool is told in the README, in both languages', () => {
  for (const page of ['README.md', 'README.zh-CN.md'])
    expect(
      Object.keys(COMMANDS).filter(
        (name) => !textOf(page).includes(`\`toa-doctor ${name}`) && !textOf(page).includes(`\`${name}\``),
      ),
    ).toEqual([]);
});

test('CONTRIBUTING names each part of the tests, and no other', () => {
  const parts = [...readFileSync(join(root, 'test/tools/parts.ts'), 'utf8').matchAll(/\{ name: '(\w+)'/g)].map(
    ([, name]) => name,
  );
  const table = [...textOf('CONTRIBUTING.md').matchAll(/^\| (\w+) +\|/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'part');
  expect(table.sort()).toEqual(parts.sort());
});
