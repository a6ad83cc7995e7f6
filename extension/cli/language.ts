import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { render, type Say } from '../core/message';

/**
 * Renders messages in the language of the terminal: Simplified Chinese when the locale says so, else English. The translations are
 * read only then, from the file that the editor reads too.
 */
export async function speaker(env: Readonly<Record<string, string | undefined>>): Promise<Say> {
  // An empty variable counts as none: locale(7).
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean) ?? '';
  const isChinese = /^zh([_.-](CN|SG|Hans)|$)/i.test(locale);
  const bundle = isChinese ? await readTranslations() : {};
  return (message) => render(message, (english) => bundle[english] ?? english);
}

async function readTranslations(): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(packageRoot(__dirname), 'extension/l10n/bundle.l10n.zh-cn.json'), 'utf8');
  return JSON.parse(text) as Readonly<Record<string, string>>;
}

/** The directory with package.json at or above another: how deep this code lies differs between the source and its chunks. */
function packageRoot(directory: string): string {
  const above = dirname(directory);
  return existsSync(join(directory, 'package.json')) || above === directory ? directory : packageRoot(above);
}
