import type { TextEdit } from '../text';
import { findCalls, type CSource } from './c';
import { include } from './guard';

/** The licenses that the kernel takes for GPL, by what SPDX calls them. */
const BY_SPDX: readonly (readonly [spdx: RegExp, license: string])[] = [
  [/GPL-2\.0.*\bMIT\b|\bMIT\b.*GPL-2\.0/, 'Dual MIT/GPL'],
  [/GPL-2\.0.*\bBSD\b|\bBSD\b.*GPL-2\.0/, 'Dual BSD/GPL'],
  [/GPL-2\.0/, 'GPL'],
];

/** A declaration of the license, and whether the source itself says that it is this one. */
export interface License {
  readonly license: string;
  readonly isStated: boolean;
  readonly edits: readonly TextEdit[];
}

/** Declares the license at the end of the source. `undefined` where it is declared, or where SPDX names one the kernel does not take. */
export function declareLicense(source: CSource): License | undefined {
  const { text, lineEnding } = source;
  if (findCalls(source, 'MODULE_LICENSE').length > 0) return undefined;
  const spdx = /SPDX-License-Identifier:([^\r\n]{0,200})/.exec(text)?.[1];
  const stated = spdx === undefined ? noticeOf(source) : BY_SPDX.find(([pattern]) => pattern.test(spdx))?.[1];
  if (spdx !== undefined && stated === undefined) return undefined;
  const license = stated ?? 'GPL';
  const gap = text === '' || text.endsWith('\n') ? '' : lineEnding;
  const line = `${gap}MODULE_LICENSE("${license}");${lineEnding}`;
  const edits = [...include(source, 'linux/module.h'), { start: text.length, end: text.length, text: line }];
  return { license, isStated: stated !== undefined, edits };
}

/** A comment that puts the file under the GPL. */
function noticeOf({ text, code }: CSource): string | undefined {
  const words = [...text.matchAll(/GNU General Public License|\bGPL\b/g)];
  return words.some(({ index }) => code.charAt(index) === ' ') ? 'GPL' : undefined;
}
