import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { createGunzip } from 'node:zlib';
import * as vscode from 'vscode';
import { isPacked, type Part } from '../webview/read-capture';

const CHUNK = 1 << 20;
/** Bytes of a file that is taken into memory whole. */
const LARGEST_WHOLE = 256 << 20;

/**
 * A file as it comes, unpacked when it is gzip. Files of this machine are streamed; other file systems only give a whole file.
 * Rejects when it cannot be read, or when `signal` ends it.
 */
export async function* captureContent(uri: vscode.Uri, signal: AbortSignal): AsyncGenerator<Part> {
  const { size } = await vscode.workspace.fs.stat(uri);
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of rawContent(uri, size, signal)) {
      read += chunk.length;
      yield chunk;
    }
  }
  for await (const bytes of unpacked(counted(), signal)) yield { bytes, share: size === 0 ? 1 : read / size };
}

async function* rawContent(uri: vscode.Uri, size: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (uri.scheme === 'file') {
    const stream: AsyncIterable<Uint8Array> = createReadStream(uri.fsPath, { highWaterMark: CHUNK, signal });
    yield* stream;
    return;
  }
  if (size > LARGEST_WHOLE)
    throw new Error(
      vscode.l10n.t('it has {size} MB, and its file system gives files only whole: copy it to a disk of this machine', {
        size: size >> 20,
      }),
    );
  const whole = await vscode.workspace.fs.readFile(uri);
  for (let at = 0; at < whole.length; at += CHUNK) yield whole.subarray(at, at + CHUNK);
}

async function* unpacked(chunks: AsyncGenerator<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const first = await chunks.next();
  if (first.done === true) return;
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value as Uint8Array;
    yield* chunks;
  }
  if (!isPacked(first.value)) {
    yield* all();
    return;
  }
  const output = new PassThrough({ highWaterMark: CHUNK });
  // A failure of any part ends `output` with it, and the loop over `output` throws it. Parts of 16 kB, as it would give them, are more than a page can follow.
  void pipeline(all, createGunzip({ chunkSize: CHUNK }), output, { signal }).catch(() => undefined);
  const parts: AsyncIterable<Uint8Array> = output;
  yield* parts;
}
