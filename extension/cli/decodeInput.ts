import { createReadStream, statSync } from 'node:fs';
import { Readable, pipeline } from 'node:stream';
import { filePieces } from './filePieces';

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

/** A pipe has no size and is streamed. */
async function* fromFile(file: string): Pieces {
  if (statSync(file).isFile()) yield* filePieces(file, PIECE);
  else yield* fromStream(createReadStream(file));
}

/** What was unpacked before an error is given first; the error is thrown after it. Most files are not packed, and need no zlib. */
async function* unpack(packed: AsyncIterable<Uint8Array>): Pieces {
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip({ chunkSize: PIECE });
  pipeline(Readable.from(packed), gunzip, () => undefined);
  yield* fromStream(gunzip);
}
