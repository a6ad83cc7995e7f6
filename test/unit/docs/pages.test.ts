// The written pages: every link and picture leads somewhere, users' pages are there in both languages, commands are called what they are called.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../tools/project';
import { manifest, nls } from '../manifest/manifest';

const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const pages = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** What a page links to in this checkout, by paths from its root. */
function linksOf(page: string): readonly string[] {
  const targets = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to ?? '');
  return targets
    .filter((to) => !/^(?:[a-z]+:|#)/.test(to))
    .map((to) => normalize(join(dirname(page), to.replace(/#.*/, ''))));
}

test.each(pages)('the links of %s lead to files', (page) => {
  expect(linksOf(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every picture is shown, and every page is linked', () => {
  const linked = new Set(pages.flatMap(linksOf));
  const pictures = readdirSync(join(root, 'docs/pictures')).map((name) => `docs/pictures/${name}`);
  expect(
    [...pictures, ...pages.filter((page) => page.startsWith('docs/'))].filter((path) => !linked.has(path)),
  ).toEqual([]);
});

test('users’ pages are there in both languages, with the same pictures and commands', () => {
  const marks = (page: string): readonly string[] =>
    // A picture may show the other language.
    (
      textOf(page)
        .replaceAll('.zh-CN.png', '.png')
        .match(/pictures\/[\w-]+\.png|`toa-doctor[^`]*`|^toa-doctor.*$|`toa\.[\w.]+`/gm) ?? []
    ).sort();
  const english = pages.filter((page) => !/zh-CN|architecture|CONTRIBUTING/.test(page));
  for (const page of english) {
    const chinese = page.replace(/\.md$/, '.zh-CN.md');
    expect(pages, chinese).toContain(chinese);
    expect(marks(chinese), chinese).toEqual(marks(page));
  }
});

describe.each([
  ['English', '', (page: string) => !page.includes('zh-CN')],
  ['Chinese', '.zh-CN', (page: string) => page.includes('zh-CN')],
] as const)('in %s', (_, suffix, isOurs) => {
  const texts = nls(suffix === '' ? '' : '.zh-cn');
  const titles = manifest.contributes.commands.map(({ title }) => texts[title.slice(1, -1)]);

  test('commands are called what they are called', () => {
    const named = pages
      .filter(isOurs)
      .flatMap((page) => [...textOf(page).matchAll(/\*\*TOA:\s([^*]+)\*\*|^\| TOA: (.+?) +\|/gm)])
      .map(([, bold, cell]) => (bold ?? cell ?? '').replace(/\s+/g, ' '));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((title) => !titles.includes(title))).toEqual([]);
  });

  test('the README names every command', () => {
    const readme = textOf(`README${suffix}.md`);
    expect(titles.filter((title) => !readme.includes(`TOA: ${title ?? '?'}`))).toEqual([]);
  });
});
