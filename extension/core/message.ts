/**
 * A sentence for the user: English with `{named}` places, filled and translated only where it is shown.
 * Keeping it as data lets `core/` stay pure and every room speak both languages.
 */
export interface Message {
  readonly text: string;
  readonly values: Values;
}

/** What stands at the places of a message; a message there is translated too. */
type Values = Readonly<Record<string, string | number | Message>>;

/** Makes a {@link Message}. `text` must be a literal: a test collects these calls and asks for a translation of each. */
export function message(text: string, values: Values = {}): Message {
  return { text, values };
}

/** Says a message in the language of whoever reads it. */
export type Say = (text: Message) => string;

/** Translates an English text, or gives it back when it has no translation. */
export type Translate = (text: string) => string;

/** The text of a message with its places filled; a place without a value stays as it is written. */
export function render({ text, values }: Message, translate: Translate = (english) => english): string {
  return translate(text).replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return typeof value === 'object' ? render(value, translate) : String(value ?? place);
  });
}
