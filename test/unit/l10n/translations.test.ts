// Every sentence the user reads has its Simplified Chinese, and nothing else is in the bundle.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../tools/project';
import { collect, placesOf } from './collect';
import { readSources } from './sources';

const bundleText = readFileSync(join(root, 'extension/l10n/bundle.l10n.zh-cn.json'), 'utf8');
const bundle = JSON.parse(bundleText) as Readonly<Record<string, string>>;
const collections = readSources().map(collect);
const texts = collections.flatMap((collection) => collection.texts);

/** Calls whose text is no literal, each with where its text is collected. */
const TRANSLATES_OTHERS = [
  { file: 'editor/translate.ts', code: 'vscode.l10n.t(english)' }, // of a Message, or of webview/strings.ts: collected there
];

/** Texts that are written the same in Chinese. */
const SAME_IN_CHINESE = ['Kind', 'kind', '{path}: {why}'];

/** Messages whose {places} are filled in the pages: webview/texts.ts, webview/fleet.ts, webview/plan.ts. */
const FILLED_LATER = ['webview/strings.ts', 'webview/fleet/strings.ts', 'webview/plan/strings.ts'];

describe('the sources', () => {
  test('hold texts of every room', () => {
    const rooms = new Set(texts.map(({ place }) => place.split('/')[0]));
    expect([...rooms].sort()).toEqual(['cli', 'core', 'doctor', 'editor', 'host', 'webview']);
  });

  test('write each text as a literal', () => {
    const unread = collections.flatMap((collection) => collection.unread);
    const known = (file: string, code: string): boolean =>
      TRANSLATES_OTHERS.some((other) => other.file === file && other.code === code);
    expect(unread.filter(({ file, code }) => !known(file, code)).map(({ place, code }) => `${place}: ${code}`)).toEqual(
      [],
    );
    expect(unread.map(({ file, code }) => ({ file, code })).sort(byFile)).toEqual([...TRANSLATES_OTHERS].sort(byFile));
  });

  test('give a value for each {place}, and no other', () => {
    const wrong = texts
      .filter(({ place }) => !FILLED_LATER.some((file) => place.startsWith(file)))
      .filter(({ text, values }) => values !== undefined && [...values].sort().join() !== placesOf(text).join())
      .map(({ place, text, values }) => `${place}: ${text} (${values?.join() ?? ''})`);
    expect(wrong).toEqual([]);
  });
});

describe('the bundle', () => {
  const wanted = [...new Set(texts.map(({ text }) => text))].sort();
  const given = Object.keys(bundle);

  test('translates each text', () => {
    expect(wanted.filter((text) => !Object.hasOwn(bundle, text))).toEqual([]);
  });

  test('translates nothing that is not in the sources', () => {
    expect(given.filter((text) => !wanted.includes(text))).toEqual([]);
  });

  test('keeps the {places}', () => {
    const wrong = Object.entries(bundle).filter(
      ([text, translation]) => placesOf(text).join() !== placesOf(translation).join(),
    );
    expect(wrong).toEqual([]);
  });

  test('is in Chinese, but for what is written the same', () => {
    const english = given.filter((text) => !/\p{Script=Han}/u.test(bundle[text] ?? ''));
    expect(english).toEqual(SAME_IN_CHINESE);
  });

  test('is sorted and indented by two', () => {
    const sorted = Object.fromEntries(Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(bundleText).toBe(`${JSON.stringify(sorted, undefined, 2)}\n`);
  });
});

function byFile(a: { file: string }, b: { file: string }): number {
  return a.file < b.file ? -1 : 1;
}
