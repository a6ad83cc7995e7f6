import { alignedRow, widthsOf } from '../core/columns';
import type { Decoded } from '../core/decode/decoded';
import type { Sighting } from '../core/decode/sightings';
import { message, type Say } from '../core/message';

const HEADINGS = ['FRAME', 'CLIENT', 'KIND', 'DIALECT', 'STATUS', 'SEGMENT', 'NOTE'];
/** As many rows decide how wide the columns are. */
const MOST_HELD = 1000;
/** As many results keep their text, for packets that say the same. */
const MOST_TEXTS = 1 << 13;

/** Aligned columns, one row a result. Rows are written as they come, so later ones can be wider. */
export class DecodedTable {
  readonly #write: (text: string) => void;
  readonly #say: Say;
  #held: readonly Sighting[] = [];
  #frameWidth = 0;
  /** Of the columns behind the frame. */
  #widths: readonly number[] | undefined;
  /** A row behind its frame. */
  readonly #texts = new Map<Decoded, string>();

  constructor(write: (text: string) => void, say: Say) {
    this.#write = write;
    this.#say = say;
  }

  add(sightings: readonly Sighting[]): void {
    if (this.#widths !== undefined) {
      if (sightings.length > 0) this.#write(this.#rows(sightings));
      return;
    }
    this.#held = [...this.#held, ...sightings];
    if (this.#held.length >= MOST_HELD) this.#begin();
  }

  /** Writes what is held. Gives whether there was no row at all. */
  end(): boolean {
    if (this.#widths === undefined && this.#held.length > 0) this.#begin();
    return this.#widths === undefined;
  }

  /** The headings and the rows so far; from now on the columns are as wide as these. */
  #begin(): void {
    const rows = this.#held.map(({ frame, result }) => [String(frame), ...cells(result, this.#say)]);
    const widths = widthsOf([HEADINGS, ...rows]);
    this.#widths = widths.slice(1);
    this.#frameWidth = widths[0] ?? 0;
    this.#write(alignedRow(HEADINGS, widths) + this.#rows(this.#held));
    this.#held = [];
  }

  #rows(sightings: readonly Sighting[]): string {
    let text = '';
    for (const { frame, result } of sightings)
      text += `${String(frame).padEnd(this.#frameWidth)}  ${this.#texts.get(result) ?? this.#textOf(result)}`;
    return text;
  }

  #textOf(result: Decoded): string {
    const text = alignedRow(cells(result, this.#say), this.#widths ?? []);
    if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
    this.#texts.set(result, text);
    return text;
  }
}

/** The cells behind the frame. */
function cells(result: Decoded, say: Say): readonly string[] {
  const { client, port, kind, dialect, status, segment } = result;
  return [
    client ?? (port === null ? '-' : `?:${port}`),
    kind === null ? '-' : String(kind),
    dialect,
    status,
    segment ?? '-',
    notesOf(result, say),
  ];
}

function notesOf({ note, vip, alternative }: Decoded, say: Say): string {
  if (note === undefined && vip === undefined && alternative === undefined) return '';
  const notes = [
    ...(note === undefined ? [] : [note]),
    ...(vip === undefined ? [] : [message('Service: {vip}.', { vip })]),
    ...(alternative === undefined
      ? []
      : [message('Or {client}: {reason}', { client: alternative.client, reason: say(alternative.reason) })]),
  ];
  return notes.map(say).join(' ');
}
