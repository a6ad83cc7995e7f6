// kernel/option.h, compiled in user space, against core/decode: of the same options both must say the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANSWER, expectedAnswer, KINDS } from '../../fuzz/option/oracle';
import { root } from '../../tools/project';
import { run } from '../../tools/run';

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-option-'));
const driver = join(directory, 'driver');

beforeAll(async () => {
  const source = join(root, 'test/fuzz/option/driver.c');
  const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  await run(['gcc', '-std=gnu99', '-g', '-O1', '-Wall', '-Wextra', '-Werror', ...sanitizers, '-o', driver, source]);
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** What kernel/option.h says of each input. */
function answers(inputs: readonly Uint8Array[]): readonly string[] {
  const input = Buffer.concat(inputs.flatMap((bytes) => [Buffer.of(bytes.length), bytes]));
  const { status, stdout, stderr } = spawnSync(driver, { input, maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(`The driver failed: ${stderr.toString()}`);
  return inputs.map((_, index) => stdout.subarray(index * ANSWER, (index + 1) * ANSWER).toString('hex'));
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function expectAgreement(inputs: readonly Uint8Array[]): void {
  const said = answers(inputs);
  const other = inputs.flatMap((input, index) => {
    const expected = hex(expectedAnswer(input));
    return said[index] === expected ? [] : [{ input: hex(input), said: said[index], expected }];
  });
  expect(other).toEqual([]);
}

const anyByte = fc.integer({ min: 0, max: 255 });
const kind = fc.oneof(fc.constantFrom(0, 1, 2, 8, 253, ...KINDS), anyByte);
const length = fc.oneof(fc.constantFrom(0, 1, 2, 7, 8, 9, 20), anyByte);
/** Bytes that look like options, and break off anywhere. */
const optionBytes = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(kind, length, fc.uint8Array({ maxLength: 18 })) },
      { weight: 1, arbitrary: fc.tuple(fc.constant(1), fc.constant(1), fc.constant(new Uint8Array())) },
      {
        weight: 3,
        arbitrary: fc.tuple(fc.constantFrom(...KINDS), fc.constant(8), fc.uint8Array({ minLength: 6, maxLength: 6 })),
      },
    ),
    { maxLength: 8 },
  )
  .map((options) => Uint8Array.from(options.flatMap(([first, second, rest]) => [first, second, ...rest])).slice(0, 40));

describe('kernel/option.h and core/decode', () => {
  test('of option-like bytes', () => {
    const inputs = fc.sample(optionBytes, { numRuns: 30_000, seed: 20_261_123 });
    // The comparison means something only when all answers come up.
    const found = inputs.map((input) => expectedAnswer(input)[0]);
    for (const one of [0, 1, 2]) expect(found.filter((answer) => answer === one).length).toBeGreaterThan(1000);
    expectAgreement(inputs);
  });

  test('of one option in all kinds and lengths, whole and cut', () => {
    const kinds = Array.from({ length: 256 }, (_, index) => index);
    const lengths = Array.from({ length: 42 }, (_, index) => index);
    const inputs = kinds.flatMap((one) =>
      lengths.flatMap((size) =>
        [1, size, 40].map((end) => Uint8Array.from({ length: end }, (_, at) => [one, size][at] ?? at)),
      ),
    );
    expectAgreement(inputs.filter((input) => input.length <= 40));
  });
});
