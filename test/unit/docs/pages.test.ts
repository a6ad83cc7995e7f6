// The written pages: every link and picture leads somewhere, users' pages are there in both languages, commands are called what they are called.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../tools/project';
import { manifest, nls } from '../manifest/manifest';
import { headingsOf, pages, textOf } from './pages';

/** What a page links to in this checkout: paths from its root, with the heading where one is named. */
function targetsOf(page: string): readonly { readonly path: string; readonly anchor: string | undefined }[] {
  const targets = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to ?? '');
  return targets
    .filter((to) => !/^[a-z]+:/.test(to))
    .map((to) => {
      const [path = '', anchor] = to.split('#');
      return { path: path === '' ? page : normalize(join(dirname(page), path)), anchor };
    });
}

const linksOf = (page: string): readonly string[] => targetsOf(page).map(({ path }) => path);

test.each(pages)('the links of %s lead to files, and to headings in them', (page) => {
  const lost = targetsOf(page).filter(
    ({ path, anchor }) =>
      !existsSync(join(root, path)) ||
      (anchor !== undefined && !headingsOf(path).some((heading) => heading.anchor === anchor)),
  );
  expect(lost).toEqual([]);
});

test('every picture is shown, and every page is linked', () => {
  const linked = new Set(pages.flatMap(linksOf));
  const pictures = readdirSync(join(root, 'docs/pictures')).map((name) => `docs/pictures/${name}`);
  expect(
    [...pictures, ...pages.filter((page) => page.startsWith('docs/'))].filter((path) => !linked.has(path)),
  ).toEqual([]);
});

test('users’ pages are there in both languages, with the same headings, pictures and commands', () => {
  const levels = (page: string): readonly number[] => headingsOf(page).map(({ level }) => level);
  const marks = (page: string): readonly string[] =>
    // A picture may show the other language.
    (
      textOf(page)
        .replaceAll('.zh-CN.png', '.png')
        .match(/pictures\/[\w-]+\.png|`toa-doctor[^`]*`|^toa-doctor.*$|`toa\.[\w.]+`/gm) ?? []
    ).sort();
  const english = pages.filter((page) => !/zh-CN|architecture|CONTRIBUTING|CHANGELOG|kernel/.test(page));
  for (const page of english) {
    const chinese = page.replace(/\.md$/, '.zh-CN.md');
    expect(pages, chinese).toContain(chinese);
    expect(marks(chinese), chinese).toEqual(marks(page));
    expect(levels(chinese), chinese).toEqual(levels(page));
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
