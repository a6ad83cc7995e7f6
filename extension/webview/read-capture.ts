import { isCapture } from '../core/decode/capture/capture';
import { clientsOf } from '../core/decode/clients';
import { decodeBytes } from '../core/decode/decode';
import { MOST_RESULTS } from './found';
import type { Batch, Ending } from './protocol';

/** Some bytes of a file, and the share of it that is read with them, from 0 to 1. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly share: number;
}

/** Whether a file that begins so is gzip (RFC 1952). */
export function isPacked(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Whether a file that begins so is text in an encoding without zero bytes. */
export function isText(head: Uint8Array): boolean {
  return !isPacked(head) && !isCapture(head) && !head.includes(0);
}

/**
 * Decodes a file as its parts come, and reports what each part held. Results beyond {@link MOST_RESULTS} are counted with their clients
 * and not reported. Rejects when the parts do.
 */
export async function readCapture(
  parts: AsyncIterable<Part>,
  signal: AbortSignal,
  report: (batch: Batch) => void,
): Promise<Ending> {
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of parts) {
    if (signal.aborted) return { cancelled: true };
    chunks.push(bytes);
  }
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  const found = decodeBytes(all);
  const results = found.slice(0, MOST_RESULTS);
  report({ results, clients: clientsOf(found), found: found.length, frames: found.at(-1)?.frame ?? 0, share: 1 });
  return { cancelled: false };
}
