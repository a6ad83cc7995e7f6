// The Chinese of what the English tests ask for by its English name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/project';
import type { Editor } from './editor';

type Texts = Readonly<Record<string, string>>;
export const manifest = JSON.parse(readFileSync(join(root, 'package.nls.zh-cn.json'), 'utf8')) as Texts;
const bundle = JSON.parse(readFileSync(join(root, 'extension/l10n/bundle.l10n.zh-cn.json'), 'utf8')) as Texts;

/** The Chinese of an English sentence, as far as its first place. */
export function chinese(english: string, texts: Texts = bundle): string {
  const text = texts[english];
  if (text === undefined) throw new Error(`There is no Chinese for ${english}`);
  return text.split('{')[0] ?? '';
}

/** Runs a command by its name in package.json, without `toa.`. */
export const runCommand = (editor: Editor, key: string): Promise<void> =>
  editor.runCommand(`TOA: ${chinese(`command.${key}`, manifest)}`);
