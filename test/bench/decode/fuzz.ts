// Mutated inputs through every entry of the decoder: npx tsx test/bench/decode/fuzz.ts [COUNT] [SEED]. Stops at the first that throws, is
// slow, or says something that is not in the input. Every so often one is repeated to a hundred kilobytes, to meet what is not linear.
import { writeFileSync } from 'node:fs';
import { decodeBytes, decodeText } from '../../../extension/core/decode/decode';
import type { Decoded } from '../../../extension/core/decode/decoded';
import { createReader } from '../../../extension/core/decode/reader';
import { optionAt } from '../../../extension/core/decode/spot';
import { createCaptureReader } from '../../../extension/core/decode/stream';
import { storyOf } from '../../../extension/core/decode/story';
import { SAMPLES } from './fuzz-samples';

const COUNT = Number(process.argv[2] ?? 100_000);
const SEED = Number(process.argv[3] ?? 1);
/** No input may take this long, in milliseconds of the processor. */
const SLOW = 500;
/** One in so many is repeated to a long input. */
const STRETCHED = 5_000;
const LONG = 100_000;

let state = SEED >>> 0;
const below = (limit: number): number =>
  ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8) % Math.max(limit, 1);

/** Bytes that parsers stumble over. */
const AWKWARD = [0, 1, 2, 7, 8, 0x0a, 0x20, 0x2d, 0x30, 0x39, 0x3a, 0x5b, 0x5c, 0x61, 0x78, 0x7f, 0x80, 0xff];
/** What stands behind every input in its buffer: an option that nobody may see. */
const BEHIND = Uint8Array.of(200, 8, 0xbe, 0xef, 9, 9, 9, 9);

function mutate(): Uint8Array {
  const sample = SAMPLES[below(SAMPLES.length)] ?? BEHIND;
  const other = below(8) === 0 ? (SAMPLES[below(SAMPLES.length)] ?? BEHIND) : BEHIND.subarray(8);
  const from = below(16) === 0 ? below(sample.length) : 0;
  const length = below(4) === 0 ? below(sample.length - from + 1) : sample.length - from;
  const added = below(other.length);
  const data = new Uint8Array(length + added + BEHIND.length);
  data.set(sample.subarray(from, from + length));
  data.set(other.subarray(0, added), length);
  data.set(BEHIND, length + added);
  const input = data.subarray(0, length + added);
  for (let change = below(7); change > 0 && input.length > 0; change--)
    input[below(input.length)] = below(2) === 0 ? below(256) : (AWKWARD[below(AWKWARD.length)] ?? 0);
  return below(STRETCHED) === 0 ? stretch(input) : input;
}

/** A small part of an input over and over. */
function stretch(input: Uint8Array): Uint8Array {
  const from = below(input.length);
  const part = input.subarray(from, from + 1 + below(40));
  const long = new Uint8Array(LONG);
  for (let at = 0; part.length > 0 && at < LONG; at++) long[at] = part[at % part.length] ?? 0;
  return long;
}

const textOf = (data: Uint8Array): string => Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1');

function inPieces(data: Uint8Array, reader: ReturnType<typeof createReader>): readonly Decoded[] {
  const size = 1 + below(data.length);
  for (let at = 0; at < data.length; at += size) reader.feed(data.subarray(at, at + size));
  reader.end();
  return reader.takeResults();
}

/** Each input goes through one of them. */
const ENTRIES: readonly ((data: Uint8Array) => readonly Decoded[])[] = [
  (data) => decodeBytes(data),
  (data) => decodeText(textOf(data)),
  (data) => inPieces(data, createReader()),
  (data) => inPieces(data, createReader({ brief: true })),
  (data) => inPieces(data, createCaptureReader({ brief: below(2) === 0 })),
  (data) => {
    const line = textOf(data);
    const spotted = optionAt(line, below(line.length));
    return spotted === undefined ? [] : [{ ...spotted.result, span: spotted.span }];
  },
];

function check(results: readonly Decoded[], length: number): void {
  storyOf(results);
  for (const { client, span } of results) {
    if (client === '9.9.9.9:48879') throw new Error('read behind the end');
    if (span !== undefined && !(span.start >= 0 && span.start < span.end && span.end <= length))
      throw new Error(`a place outside of the input: ${span.start} to ${span.end} of ${length}`);
  }
}

function tryOnce(entry: number, data: Uint8Array): number {
  const before = process.cpuUsage();
  check(ENTRIES[entry]?.(data) ?? [], data.length);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Milliseconds of one input; what waits for others or for the garbage collector is tried again. */
function timeOf(entry: number, data: Uint8Array): number {
  const start = performance.now();
  check(ENTRIES[entry]?.(data) ?? [], data.length);
  const taken = performance.now() - start;
  return taken < slowest || taken < 20 ? taken : Math.min(taken, tryOnce(entry, data), tryOnce(entry, data));
}

let slowest = 0;
let slowestLong = 0;
const begun = performance.now();
for (let count = 1; count <= COUNT; count++) {
  const data = mutate();
  const entry = below(ENTRIES.length);
  try {
    const taken = timeOf(entry, data);
    if (data.length === LONG) slowestLong = Math.max(slowestLong, taken);
    else slowest = Math.max(slowest, taken);
    if (taken > SLOW) throw new Error(`${taken.toFixed(0)} ms`);
  } catch (error) {
    writeFileSync('/tmp/toa-fuzz-input', data);
    console.log(`input ${count} of seed ${SEED}, entry ${entry}, kept in /tmp/toa-fuzz-input:`, error);
    process.exit(1);
  }
  if (count % 50_000 === 0) console.log(`${count} inputs of seed ${SEED}`);
}
const { maxRSS } = process.resourceUsage();
console.log(
  `${COUNT} inputs, seed ${SEED}: nothing thrown, slowest ${slowest.toFixed(1)} ms, slowest of ${LONG} bytes ${slowestLong.toFixed(0)} ms, ` +
    `${(maxRSS / 1024).toFixed(0)} MB, ${((performance.now() - begun) / 1000).toFixed(0)} s`,
);
