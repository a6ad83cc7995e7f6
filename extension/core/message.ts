/**
 * A sentence for the user: English with `{named}` places, filled and translated only where it is shown.
 * Keeping it as data lets `core/` stay pure and every room speak both languages.
 */
export interface Message {
  readonly text: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Makes a {@link Message}. `text` must be a literal: a test collects these calls and asks for a translation of each. */
export function message(text: string, values: Readonly<Record<string, string | number>> = {}): Message {
  return { text, values };
}

/** Translates an English text, or gives it back when it has no translation. */
export type Translate = (text: string) => string;

/** The text of a message with its places filled; a place without a value stays as it is written. */
export function render({ text, values }: Message, translate: Translate = (english) => english): string {
  return translate(text).replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );
}
