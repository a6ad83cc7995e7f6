import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { Readable, pipeline } from 'node:stream';

/** Large enough that a file takes few turns. */
const PIECE = 1 << 20;

export type Pieces = AsyncGenerator<Uint8Array, void, undefined>;

/** A file or stdin (`-`) in pieces, unpacked when it is gzip. A piece is only valid until the next one is asked for. */
export async function* readPieces(file: string, io: { readonly stdin: NodeJS.ReadableStream }): Pieces {
  const pieces = file === '-' ? fromStream(io.stdin) : fromFile(file);
  const head = await pieces.next();
  if (head.done === true) return;
  const packed = head.value[0] === 0x1f && head.value[1] === 0x8b;
  if (packed) yield* unpack(file === '-' ? prepend(head.value, pieces) : createReadStream(file));
  else yield* prepend(head.value, pieces);
}

async function* prepend(first: Uint8Array, rest: Pieces): Pieces {
  yield first;
  yield* rest;
}

async function* fromStream(stream: NodeJS.ReadableStream): Pieces {
  for await (const piece of stream) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** Synchronous reads into one buffer: a stream would allocate every piece anew. A pipe has no size and is streamed. */
async function* fromFile(file: string): Pieces {
  const descriptor = openSync(file, 'r');
  try {
    if (!fstatSync(descriptor).isFile()) {
      yield* fromStream(createReadStream(file, { fd: descriptor, autoClose: false }));
      return;
    }
    const buffer = Buffer.allocUnsafeSlow(PIECE);
    for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer))
      yield buffer.subarray(0, size);
  } finally {
    closeSync(descriptor);
  }
}

/** What was unpacked before an error is given first; the error is thrown after it. Most files are not packed, and need no zlib. */
async function* unpack(packed: AsyncIterable<Uint8Array>): Pieces {
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip({ chunkSize: PIECE });
  pipeline(Readable.from(packed), gunzip, () => undefined);
  yield* fromStream(gunzip);
}
