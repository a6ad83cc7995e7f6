// The texts of package.json: each there in both languages, none too many.
import { describe, expect, test } from 'vitest';
import { manifest, manifestText, nls } from './manifest';

const english = nls('');
const chinese = nls('.zh-cn');
const keys = Object.keys(english);

test('package.json names each text, and every text it names exists', () => {
  const named = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
  expect([...new Set(named)].sort()).toEqual([...keys].sort());
});

test('both languages have the same texts, in the same order', () => {
  expect(Object.keys(chinese)).toEqual(keys);
});

test('Chinese is Chinese', () => {
  expect(Object.entries(chinese).filter(([, text]) => !/\p{Script=Han}/u.test(text))).toEqual([]);
  expect(Object.entries(english).filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
});

test('both languages have the same links and code', () => {
  const marks = (text = ''): readonly string[] =>
    (text.match(/`[^`]+`|\(command:[^)]+\)|\(https?:[^)]+\)/g) ?? []).sort();
  expect(keys.map((key) => [key, marks(chinese[key])])).toEqual(keys.map((key) => [key, marks(english[key])]));
});

describe.each([
  ['English', english],
  ['Chinese', chinese],
])('in %s', (_, texts) => {
  const titles = manifest.contributes.commands.map(({ title }) => texts[title.slice(1, -1)]);

  test('no two commands are called the same', () => {
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('a command is named as the palette names it', () => {
    const named = Object.values(texts).flatMap((text) => [...text.matchAll(/\*TOA: ([^*]+)\*/g)]);
    expect(named).not.toEqual([]);
    for (const [, title] of named) expect(titles).toContain(title);
  });
});
