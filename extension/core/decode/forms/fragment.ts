import type { Confidence } from '../../explain/finding';
import type { Decoded, Segment } from '../decoded';
import type { DialectTable } from '../dialects';
import type { Written } from './written';

/** What a form read out of a text: bytes and what they are, or a result where the text has no bytes. */
export type Fragment = BytesFragment | PrintedFragment | SeenFragment;

export interface BytesFragment {
  /** `packet`: a packet of unknown link type. `options`: the options of one segment. `payload`: what follows the TCP header. `unknown`: to be found out from the bytes. */
  readonly as: 'packet' | 'options' | 'payload' | 'unknown';
  readonly frame: number;
  readonly written: Written;
  readonly segment?: Segment | undefined;
  /** `ip:port` of both ends, where the text tells them and the bytes do not. */
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
  readonly confidence?: Confidence;
  /** The options go on behind the bytes that the text has. */
  readonly cut?: boolean;
  /** The text has nothing else in it: cut options may be reported, and six bytes alone may be a value. */
  readonly whole?: boolean;
  /** What the bytes may be when they are no packet as they stand: numbers of a little-endian machine, or several things under one another. */
  readonly instead?: (() => readonly BytesFragment[]) | undefined;
}

export interface PrintedFragment {
  readonly as: 'printed';
  readonly result: Decoded;
}

/** A segment that the text tells of in words, behind what the text has of it. */
export interface SeenFragment {
  readonly as: 'seen';
  readonly source: string;
  readonly destination: string;
  readonly segment: Segment;
  /** It has something about a client; told by its results when absent. */
  readonly carries?: boolean;
}

/**
 * Reads one shape of text. `undefined` when the text does not have that shape, and the next form is asked; an empty list when it has,
 * and holds nothing. Each form takes time linear in the text.
 */
export type Form = (text: string, dialects: DialectTable) => readonly Fragment[] | undefined;

/** A line of a text with the offset where it begins. */
export interface Line {
  readonly text: string;
  readonly start: number;
}

/** The lines of a text without their line ends. */
export function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    yield { text: text.slice(start, end).trimEnd(), start };
    start = end + 1;
  }
}

/** A result without bytes behind it. */
export function printed(
  result: Pick<Decoded, 'frame' | 'kind' | 'dialect' | 'status'> & Partial<Decoded>,
): PrintedFragment {
  return {
    as: 'printed',
    result: { addr: null, port: null, client: null, confidence: 'likely', options: [], ...result },
  };
}
