import type { Acceptance } from '../core/decode/acceptance';
import type { Client } from '../core/decode/clients';
import type { Decoded } from '../core/decode/decoded';
import type { UserKind } from '../core/decode/dialects';
import type { HandshakeSummary } from '../core/decode/handshakes';
import { isRecord } from '../core/json';
import type { Message } from '../core/message';
import type { DecoderStrings } from './strings';

/** What the page is given when it opens. */
export interface PageData {
  readonly strings: DecoderStrings;
  /** Translations of the notes that core/decode writes, by their English text; empty in English. */
  readonly translations: Readonly<Record<string, string>>;
  /** Kinds that the user added: `toa.decoder.kinds`. */
  readonly kinds: readonly UserKind[];
}

/** A part of what a capture holds, and how far it is read. */
export interface Batch {
  readonly results: readonly Decoded[];
  /** Clients of this part alone, also of results that were too many to send. */
  readonly clients: readonly Client[];
  /** How many results this part has, sent or not. */
  readonly found: number;
  /** Packets read until now. */
  readonly frames: number;
  /** Share of the file that is read, from 0 to 1. */
  readonly share: number;
}

/** How the reading of a capture ended; `problem` when it could not be read to its end. */
export interface Ending {
  readonly cancelled: boolean;
  readonly problem?: Message | undefined;
  /** Connections that were seen being opened, with and without options. */
  readonly handshakes?: HandshakeSummary | undefined;
}

/** From the extension to the page. */
export type ToPage =
  /** Replaces the text and decodes it. */
  | { readonly type: 'decode'; readonly text: string }
  /** What follows is of this file; what was shown before goes. */
  | { readonly type: 'file'; readonly name: string }
  /** The user's kinds have changed. */
  | { readonly type: 'kinds'; readonly kinds: readonly UserKind[] }
  /** What the module on this host reads; absent while none is loaded. */
  | { readonly type: 'module'; readonly module?: Acceptance | undefined }
  | { readonly type: 'batch'; readonly batch: Batch }
  | { readonly type: 'end'; readonly ending: Ending };

/** From the page to the extension. */
export type ToExtension =
  /** The page listens: what came before is to be sent now. */
  | { readonly type: 'ready' }
  /** The user asks to stop reading the file. */
  | { readonly type: 'cancel' }
  /** The user asks for a file to decode. */
  | { readonly type: 'open' }
  /** The user asks to copy this text. */
  | { readonly type: 'copy'; readonly text: string };

/** The tables of the page. */
export type Tab = 'packets' | 'clients' | 'connections';

/** What the user looks for in a table, and in which order. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** The order of each table; as it came where there is none. */
export type Sorts = Readonly<Partial<Record<Tab, Sort | undefined>>>;

/** What the page keeps while it is hidden. */
export interface PageState {
  readonly text: string;
  readonly tab?: Tab;
  readonly filter?: string;
  readonly sorts?: Sorts;
}

/** Checks a message from outside the page. */
export function isToPage(value: unknown): value is ToPage {
  if (!isRecord(value)) return false;
  const { type, text, name, kinds, module, batch, ending } = value;
  if (type === 'decode') return typeof text === 'string';
  if (type === 'file') return typeof name === 'string';
  if (type === 'kinds') return Array.isArray(kinds);
  if (type === 'module') return module === undefined || isRecord(module);
  return (type === 'batch' && isRecord(batch)) || (type === 'end' && isRecord(ending));
}

const REQUESTS: readonly unknown[] = ['ready', 'cancel', 'open'];

/** Checks a message from the page. */
export function isToExtension(value: unknown): value is ToExtension {
  if (!isRecord(value)) return false;
  return REQUESTS.includes(value['type']) || (value['type'] === 'copy' && typeof value['text'] === 'string');
}

/** Checks a state that an older version may have saved. */
export function isPageState(value: unknown): value is PageState {
  return isRecord(value) && typeof value['text'] === 'string';
}
