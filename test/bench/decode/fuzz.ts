// Mutated inputs through every entry of the decoder: npx tsx test/bench/decode/fuzz.ts [COUNT] [SEED]. Stops at the first that throws or is slow.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBytes, decodeText } from '../../../extension/core/decode/decode';
import { createReader } from '../../../extension/core/decode/reader';
import { storyOf } from '../../../extension/core/decode/story';
import { frame, pcap, pcapng } from '../../unit/decode/build';

const COUNT = Number(process.argv[2] ?? 100_000);
const SEED = Number(process.argv[3] ?? 1);
/** No input of a few kilobytes may take this long, in milliseconds. */
const SLOW = 2_000;

let state = SEED;
const below = (limit: number): number =>
  ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8) % Math.max(limit, 1);

const fixtures = 'test/fixtures/decode';
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const options = [
  'c808c76ccb007107',
  'fe08d298c633645d',
  'fd14d29820010db8000000000000000000000007',
  '1c0701c633645d00',
  'fc14',
];
const samples: readonly Uint8Array[] = [
  ...readdirSync(fixtures)
    .filter((name) => !name.endsWith('.ts'))
    .map((name) => readFileSync(join(fixtures, name))),
  ...options.flatMap((option) => [
    Buffer.from(option),
    frame({ options: hex(option) }),
    pcap([frame({ options: hex(option) })]),
    pcapng([
      frame({ options: hex(option) }),
      frame({ options: hex(option), payload: Buffer.from('PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n') }),
    ]),
  ]),
];

/** Bytes that parsers stumble over. */
const AWKWARD = [0, 1, 2, 7, 8, 0x0a, 0x20, 0x2d, 0x30, 0x39, 0x3a, 0x5c, 0x61, 0x78, 0x7f, 0x80, 0xff];

function mutate(sample: Uint8Array): Uint8Array {
  const room = sample.length > 2048 ? below(sample.length - 1024) : 0;
  const data = Uint8Array.from(sample.subarray(below(4) === 0 ? room : 0, room + 2048));
  for (let change = below(8); change > 0; change--)
    data[below(data.length)] = below(2) === 0 ? below(256) : (AWKWARD[below(AWKWARD.length)] ?? 0);
  if (below(4) === 0) return data.subarray(0, below(data.length + 1));
  if (below(8) === 0) return Buffer.concat([data, sample.subarray(0, below(512))]);
  return data;
}

/** Each input goes through one of the entries. Reading past the end shows as a byte behind the input in a result. */
const ENTRIES: readonly ((data: Uint8Array) => unknown)[] = [
  (data) => storyOf(decodeBytes(data)),
  (data) => decodeText(Buffer.from(data).toString('latin1')),
  (data) => {
    const reader = createReader({ brief: below(2) === 0 });
    for (let at = 0; at < data.length;) {
      const size = 1 + below(400);
      reader.feed(data.subarray(at, at + size));
      at += size;
    }
    reader.end();
    for (const { span } of reader.takeResults())
      if (span !== undefined && (span.start < 0 || span.end > data.length)) throw new Error('a place behind the end');
    return undefined;
  },
];

let slowest = 0;
const begun = performance.now();
for (let count = 0; count < COUNT; count++) {
  const data = mutate(samples[below(samples.length)] ?? new Uint8Array());
  const entry = below(ENTRIES.length);
  const start = performance.now();
  try {
    ENTRIES[entry]?.(data);
    const taken = performance.now() - start;
    slowest = Math.max(slowest, taken);
    if (taken > SLOW) throw new Error(`${taken.toFixed(0)} ms`);
  } catch (error) {
    writeFileSync('/tmp/toa-fuzz-input', data);
    console.log(`input ${count} of seed ${SEED}, entry ${entry}, kept in /tmp/toa-fuzz-input:`, error);
    process.exit(1);
  }
}
console.log(
  `${COUNT} inputs, seed ${SEED}: nothing thrown, slowest ${slowest.toFixed(0)} ms, ${((performance.now() - begun) / 1000).toFixed(0)} s`,
);
