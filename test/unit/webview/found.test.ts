import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { clientsOf } from '../../../extension/core/decode/clients';
import { decodeBytes, decodeText } from '../../../extension/core/decode/decode';
import { STANDARD_DIALECTS } from '../../../extension/core/decode/dialects';
import { Found, MOST_RESULTS } from '../../../extension/webview/found';
import type { Batch } from '../../../extension/webview/protocol';
import { isPacked, isText, readCapture, type Part } from '../../../extension/webview/read-capture';
import { root } from '../../tools/project';

const CAPTURE = readFileSync(join(root, 'test/fixtures/decode/handshake.pcap'));
const [ONE] = decodeText('fe 08 1f 90 0a 01 02 03');
if (ONE === undefined) throw new Error('the option is not decoded');
const result = (frame: number, client: string): typeof ONE => ({ ...ONE, frame, client });

describe('Found', () => {
  it('joins the clients of parts as if they had come at once', () => {
    const all = [result(1, 'a'), result(2, 'b'), result(5, 'a'), { ...result(6, 'a'), kind: 200 }, result(9, 'c')];
    const found = new Found();
    for (const part of [all.slice(0, 2), all.slice(2, 3), all.slice(3)]) found.add(part, clientsOf(part));
    expect(found.clients).toEqual(clientsOf(all));
    expect(found.results).toEqual(all);
  });

  it('keeps no more results than it shows, and counts them all', () => {
    const many = Array.from({ length: MOST_RESULTS + 5 }, (_, index) => result(index + 1, 'a'));
    const found = new Found();
    found.add(many, clientsOf(many));
    found.add(many, clientsOf(many));
    expect([found.results.length, found.total, found.count]).toEqual([MOST_RESULTS, 2 * many.length, 1]);
    expect(found.clients[0]?.count).toBe(2 * many.length);
  });
});

describe('readCapture', () => {
  const read = async (bytes: Uint8Array, size: number, signal = new AbortController().signal) => {
    const batches: Batch[] = [];
    const ending = await readCapture(partsOf(bytes, size), STANDARD_DIALECTS, signal, (batch) => batches.push(batch));
    return { batches, ending, results: batches.flatMap(({ results }) => results) };
  };

  it.each([1, 7, 64, 1 << 20])('finds the same in parts of %i bytes as in the whole', async (size) => {
    const { results, ending, batches } = await read(CAPTURE, size);
    expect(results.map(({ client, frame }) => [client, frame])).toEqual(
      decodeBytes(CAPTURE).map(({ client, frame }) => [client, frame]),
    );
    expect(results.length).toBeGreaterThan(0);
    expect(ending.cancelled).toBe(false);
    expect(batches.at(-1)?.share).toBe(1);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await read(CAPTURE, 64, stop.signal)).toMatchObject({
      batches: [],
      results: [],
      ending: { cancelled: true },
    });
  });

  it('rejects when the file does', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await, require-yield
    async function* broken(): AsyncGenerator<Part> {
      throw new Error('gone');
    }
    await expect(
      readCapture(broken(), STANDARD_DIALECTS, new AbortController().signal, () => undefined),
    ).rejects.toThrow('gone');
  });
});

it('tells files apart by how they begin', () => {
  expect([isText(CAPTURE), isPacked(CAPTURE)]).toEqual([false, false]);
  expect(isPacked(gzipSync(CAPTURE))).toBe(true);
  expect(isText(new TextEncoder().encode('fe 08 1f 90'))).toBe(true);
});

// eslint-disable-next-line @typescript-eslint/require-await
async function* partsOf(bytes: Uint8Array, size: number): AsyncGenerator<Part> {
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size);
    yield { bytes: part, share: (at + part.length) / bytes.length };
  }
}
