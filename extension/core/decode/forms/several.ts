import type { DialectTable } from '../dialects';
import { MOST_OPTION_BYTES, isWholeList, walkOptions } from '../options';
import { dialectOf } from '../reading';
import type { Written } from './written';

/**
 * The parts of what was written, when each is the options of a packet of its own: two or more name a client, and all are whole lists of
 * options or begin like the option of a client. `undefined` when they are one thing that was wrapped.
 */
export function separatePackets(parts: readonly Written[], dialects: DialectTable): readonly Written[] | undefined {
  const begins = ({ bytes }: Written): boolean => dialects.carries[bytes[0] ?? 0] === 1;
  if (parts.length < 2 || !parts.every((part) => isOptions(part) || begins(part))) return undefined;
  let clients = 0;
  for (const part of parts) if (isOptions(part) && namesClient(part, dialects)) clients++;
  return clients > 1 ? parts : undefined;
}

function isOptions({ bytes }: Written): boolean {
  if (bytes.length > MOST_OPTION_BYTES) return false;
  return isWholeList(bytes, walkOptions(bytes, 0, bytes.length));
}

function namesClient({ bytes }: Written, dialects: DialectTable): boolean {
  const { options } = walkOptions(bytes, 0, bytes.length);
  return options.some((option) => dialectOf(bytes, option, dialects)?.carries === 'client');
}

/** What was written, parted where a line of the text ends between two bytes. */
export function partsByLine(text: string, { bytes, starts, ends }: Written): readonly Written[] {
  const parts: Written[] = [];
  let begin = 0;
  const close = (end: number): void => {
    if (end > begin)
      parts.push({ bytes: bytes.slice(begin, end), starts: starts.slice(begin, end), ends: ends.slice(begin, end) });
    begin = end;
  };
  let newline = text.indexOf('\n', ends[0] ?? 0);
  for (let at = 1; at < bytes.length && newline >= 0; at++) {
    if ((starts[at] ?? 0) <= newline) continue;
    close(at);
    newline = text.indexOf('\n', starts[at]);
  }
  close(bytes.length);
  return parts;
}

/** Parts one after the other, as one. */
export function joinWritten(parts: readonly Written[]): Written {
  return {
    bytes: Uint8Array.from(parts.flatMap(({ bytes }) => [...bytes])),
    starts: parts.flatMap(({ starts }) => starts),
    ends: parts.flatMap(({ ends }) => ends),
  };
}

/** The bytes of each group of digits in reverse, as a little-endian machine shows numbers of more than one byte. */
export function reverseGroups({ bytes, starts, ends }: Written): Written {
  const reversed = Uint8Array.from(bytes);
  for (let begin = 0, at = 1; at <= bytes.length; at++) {
    if (at < bytes.length && starts[at] === ends[at - 1]) continue;
    reversed.subarray(begin, at).reverse();
    begin = at;
  }
  return { bytes: reversed, starts, ends };
}
