import { u8 } from '../bytes';

/** A TCP header of 60 bytes at most leaves 40 for options. */
export const MOST_OPTION_BYTES = 40;

const END_OF_LIST = 0;
const NO_OPERATION = 1;

/** One option as it lies in the bytes. `available` is less than `length` when the capture ends inside it. */
export interface RawOption {
  readonly kind: number;
  readonly start: number;
  readonly length: number;
  readonly available: number;
}

export interface OptionWalk {
  readonly options: readonly RawOption[];
  /**
   * Why it stopped. `malformed`: a length of 0 or 1, or one that runs past the end of the options, where the kernel gives up too.
   * `truncated`: the captured bytes end before the options do.
   */
  readonly end: 'complete' | 'end-of-list' | 'malformed' | 'truncated';
  /** The option at which it gave up; `length` is 0 when its length byte is missing. */
  readonly broken: RawOption | undefined;
}

/**
 * Walks TCP options like the kernel's tcp_parse_options (net/ipv4/tcp_input.c): skips NOP, ends at EOL, gives up at a length below 2
 * or beyond the end. `end` is where the header says that the options end, `captured` where the bytes at hand end; neither is trusted
 * beyond `bytes`.
 */
export function walkOptions(bytes: Uint8Array, start: number, end: number, captured = end): OptionWalk {
  const limit = Math.min(captured, end, bytes.length);
  const options: RawOption[] = [];
  const stop = (reason: OptionWalk['end'], broken?: RawOption): OptionWalk => ({ options, end: reason, broken });
  let at = start;
  while (at < end) {
    if (at >= limit) return stop('truncated');
    const kind = u8(bytes, at);
    if (kind === END_OF_LIST || kind === NO_OPERATION) {
      options.push({ kind, start: at, length: 1, available: 1 });
      if (kind === END_OF_LIST) return stop('end-of-list');
      at++;
      continue;
    }
    const available = limit - at;
    const length = available < 2 ? 0 : u8(bytes, at + 1);
    const fault = faultOf(at, length, available, end);
    if (fault !== undefined) return stop(fault, { kind, start: at, length, available });
    options.push({ kind, start: at, length, available: length });
    at += length;
  }
  return stop('complete');
}

/** Whether bytes are a list of options to their very end: behind the end of the list only padding follows. */
export function isWholeList(bytes: Uint8Array, { options, end, broken }: OptionWalk): boolean {
  if (end !== 'end-of-list') return broken === undefined;
  const last = options.at(-1);
  return last !== undefined && bytes.subarray(last.start + 1).every((byte) => byte <= NO_OPERATION);
}

/** Why an option cannot be taken whole. Its length byte counts only when it was captured. */
function faultOf(start: number, length: number, available: number, end: number): 'malformed' | 'truncated' | undefined {
  if (available < 2) return start + 1 >= end ? 'malformed' : 'truncated';
  if (length < 2 || start + length > end) return 'malformed';
  return length > available ? 'truncated' : undefined;
}

/** Whether the walk meets an option of a kind with a 1 in `kinds`. Makes no objects: nearly every segment of a capture has none. */
export function meetsKind(bytes: Uint8Array, start: number, end: number, kinds: Uint8Array): boolean {
  for (let at = start; at < end;) {
    const kind = u8(bytes, at);
    if (kind === NO_OPERATION) {
      at++;
      continue;
    }
    if (kind === END_OF_LIST) return false;
    if (kinds[kind] === 1) return true;
    const length = u8(bytes, at + 1);
    if (length < 2) return false;
    at += length;
  }
  return false;
}
