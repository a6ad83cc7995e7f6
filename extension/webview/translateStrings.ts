import type { Message, Translate } from '../core/message';

/** A page's texts in the user's language, places not yet filled. */
export function translateStrings<Key extends string>(
  strings: Readonly<Record<Key, Message>>,
  translate: Translate,
): Readonly<Record<Key, string>> {
  const entries = Object.entries<Message>(strings).map(([key, { text }]) => [key, translate(text)] as const);
  return Object.fromEntries(entries) as Record<Key, string>;
}
