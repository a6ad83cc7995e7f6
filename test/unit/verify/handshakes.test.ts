import { expect, it } from 'vitest';
import type { CapturedSegment } from '../../../extension/core/capture/segments';
import { collectHandshakes } from '../../../extension/core/verify/handshakes';

const segment = (change: Partial<CapturedSegment>): CapturedSegment => ({
  connection: '10.9.0.1:40000 > 10.9.0.2:8000',
  opens: false,
  sequence: 0,
  optionBytes: 40,
  results: [],
  ...change,
});

const SYN = segment({ opens: true, sequence: 0xffffffff, optionBytes: 20 });

it.each<[string, readonly CapturedSegment[], readonly boolean[]]>([
  ['what completes the handshake', [SYN, segment({ sequence: 0 })], [true]],
  ['a later segment, full of SACK blocks', [SYN, segment({ sequence: 5 })], [false]],
  ['a segment of a connection that is older than the capture', [segment({ sequence: 5 })], []],
  ['what completes the handshake, with room', [SYN, segment({ sequence: 0, optionBytes: 32 })], [false]],
])('only what completes the handshake counts as full: %s', (_, segments, full) => {
  const collector = collectHandshakes();
  for (const one of segments) collector.add(one);
  expect(collector.handshakes().map((one) => one.full)).toEqual(full);
});
