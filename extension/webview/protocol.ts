import type { DecoderStrings } from './strings';

/** What the page is given when it opens. */
export interface PageData {
  readonly strings: DecoderStrings;
  /** Translations of the notes that core/decode writes, by their English text; empty in English. */
  readonly translations: Readonly<Record<string, string>>;
}

/** From the extension to the page. */
export type ToPage =
  /** Replaces the text and decodes it. */
  { readonly type: 'decode'; readonly text: string };

/** From the page to the extension. */
export type ToExtension =
  /** The page listens: what came before is to be sent now. */
  | { readonly type: 'ready' }
  /** The user asks to copy this text. */
  | { readonly type: 'copy'; readonly text: string };

/** What the page keeps while it is hidden. */
export interface PageState {
  readonly text: string;
}

/** Checks a message from outside the page. */
export function isToPage(value: unknown): value is ToPage {
  return isRecord(value) && value['type'] === 'decode' && typeof value['text'] === 'string';
}

/** Checks a message from the page. */
export function isToExtension(value: unknown): value is ToExtension {
  if (!isRecord(value)) return false;
  return value['type'] === 'ready' || (value['type'] === 'copy' && typeof value['text'] === 'string');
}

/** Checks a state that an older version may have saved. */
export function isPageState(value: unknown): value is PageState {
  return isRecord(value) && typeof value['text'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
