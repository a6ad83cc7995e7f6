// docs/causes is what the engine says today.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CAUSES } from '../../../extension/core/explain/causes';
import { causePageUrl } from '../../../extension/core/explain/causePage';
import { directory, pages } from '../../tools/causePages/pages';
import { WORDS } from '../../tools/causePages/words';
import { root } from '../../tools/project';

const wanted = pages();

test('the pages are those that npm run docs writes', () => {
  expect(readdirSync(directory).sort()).toEqual([...wanted.keys()].sort());
  const stale = [...wanted].filter(([name, text]) => readFileSync(join(directory, name), 'utf8') !== text);
  expect(stale.map(([name]) => name)).toEqual([]);
});

test('every cause has a page in both languages, at the address that findings link to', () => {
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    repository: { url: string };
  };
  const web = `${repository.url.replace('.git', '')}/blob/main/`;
  for (const { key } of CAUSES)
    for (const language of ['en', 'zh-cn']) {
      const url = causePageUrl(key, language);
      expect(url.startsWith(`${web}docs/causes/`)).toBe(true);
      expect(wanted.has(url.slice(`${web}docs/causes/`.length)), url).toBe(true);
    }
});

test('links between the pages lead to pages', () => {
  const links = [...wanted.values()].flatMap((text) => [...text.matchAll(/\]\(([\w.-]+\.md)\)/g)].map(([, to]) => to));
  expect(links.length).toBeGreaterThan(wanted.size);
  expect(links.filter((to) => !wanted.has(to ?? ''))).toEqual([]);
});

test('every family has a name, and the list names every cause', () => {
  const families = new Set(CAUSES.map(({ family }) => family));
  for (const words of Object.values(WORDS))
    expect(Object.keys(words.families)).toEqual(expect.arrayContaining([...families]));
  const list = wanted.get('README.md') ?? '';
  expect(CAUSES.filter(({ key }) => !list.includes(`(${key}.md)`))).toEqual([]);
});
