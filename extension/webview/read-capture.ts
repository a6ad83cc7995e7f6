import { isCapture } from '../core/decode/capture/capture';
import { clientsOf } from '../core/decode/clients';
import type { DialectTable } from '../core/decode/dialects';
import { Handshakes } from '../core/decode/handshakes';
import { createReader, type InputReader } from '../core/decode/reader';
import { createCaptureReader, type CaptureReader } from '../core/decode/stream';
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
  dialects: DialectTable,
  signal: AbortSignal,
  report: (batch: Batch) => void,
): Promise<Ending> {
  let reader: InputReader | CaptureReader | undefined;
  let room = MOST_RESULTS;
  let frames = 0;
  const handshakes = new Handshakes();
  const take = (share: number): void => {
    const found = reader?.takeResults() ?? [];
    const results = found.slice(0, room);
    room -= results.length;
    // Only a capture counts packets that hold nothing.
    frames = reader !== undefined && 'frames' in reader ? reader.frames : (found.at(-1)?.frame ?? frames);
    report({ results, clients: clientsOf(found), found: found.length, frames, share });
  };
  for await (const { bytes, share } of parts) {
    if (signal.aborted) return { cancelled: true, handshakes: handshakes.summary() };
    reader ??= isCapture(bytes) ? createCaptureReader({ dialects, handshakes }) : createReader({ dialects });
    reader.feed(bytes);
    take(share);
    if (reader.problem !== undefined) break;
  }
  reader?.end();
  take(1);
  return { cancelled: false, problem: reader?.problem, handshakes: handshakes.summary() };
}
