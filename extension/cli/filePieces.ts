import { closeSync, openSync, readSync } from 'node:fs';

/**
 * A file in pieces of at most `size` bytes, read synchronously into one buffer: a stream makes a new one for each piece, and they pile up
 * faster than they are collected. A piece is only valid until the next one is asked for.
 */
export function* filePieces(path: string, size: number): Generator<Buffer, void, undefined> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(size);
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer))
      yield buffer.subarray(0, length);
  } finally {
    closeSync(file);
  }
}
