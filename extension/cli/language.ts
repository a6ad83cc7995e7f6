import { render, type Message } from '../core/message';

/**
 * Renders messages in the language of the terminal: Simplified Chinese when the locale says so, else English. The translations are
 * read in only then: they are larger than most of what the tool decodes.
 */
export async function speaker(
  env: Readonly<Record<string, string | undefined>>,
): Promise<(message: Message) => string> {
  // An empty variable counts as none: locale(7).
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean) ?? '';
  const isChinese = /^zh([_.-](CN|SG|Hans)|$)/i.test(locale);
  const bundle: Readonly<Record<string, string>> = isChinese
    ? (await import('../l10n/bundle.l10n.zh-cn.json')).default
    : {};
  return (message) => render(message, (english) => bundle[english] ?? english);
}
