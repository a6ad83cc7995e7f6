import type { Decoded } from '../decoded';
import type { Sieve } from '../packet/sieve';

/** As many clients are remembered; memory must not grow with the file. */
const MOST = 65_536;

/** Remembers results of packets that carry nothing but one usual option: the same client comes again and again in a capture. */
export class Repeats {
  readonly #byKind = new Map<number, Map<number, Decoded>>();
  #count = 0;

  /** The result for the packet that the sieve kept last, if one like it was learnt. */
  find(bytes: Uint8Array, sieve: Sieve, frame: number): Decoded | undefined {
    if (sieve.option < 0) return undefined;
    const known = this.#byKind.get(bytes[sieve.option] ?? 0)?.get(sieve.keyOf(bytes));
    return known && again(known, frame);
  }

  learn(bytes: Uint8Array, sieve: Sieve, results: readonly Decoded[]): void {
    const [result, second] = results;
    if (sieve.option < 0 || result === undefined || second !== undefined || this.#count >= MOST) return;
    const kind = bytes[sieve.option] ?? 0;
    const known = this.#byKind.get(kind) ?? new Map<number, Decoded>();
    known.set(sieve.keyOf(bytes), again(result, result.frame)); // a copy, since objects made by spreads are slow to read
    this.#byKind.set(kind, known);
    this.#count++;
  }
}

/** The same in another packet. Written out, since a spread of so many fields takes longer than everything else together. */
function again(known: Decoded, frame: number): Decoded {
  return {
    frame,
    kind: known.kind,
    dialect: known.dialect,
    addr: known.addr,
    port: known.port,
    client: known.client,
    status: known.status,
    confidence: known.confidence,
    vip: known.vip,
    vid: known.vid,
    vpcid: known.vpcid,
    mapped: known.mapped,
    segment: known.segment,
    modules: known.modules,
    note: known.note,
    alternative: known.alternative,
    options: known.options,
  };
}
