// The pages that people wrote; those of docs/causes are written by the engine.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/project';

/** Paths from the checkout's root. */
export const pages: readonly string[] = [
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'kernel/README.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** The headings of a page, with what a link names them by on GitHub. */
export function headingsOf(page: string): readonly { readonly level: number; readonly anchor: string }[] {
  return [
    ...textOf(page)
      .replace(/^```.*?^```/gms, '')
      .matchAll(/^(#+) (.+)$/gm),
  ].map(([, marks = '', title = '']) => ({
    level: marks.length,
    anchor: title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  }));
}
