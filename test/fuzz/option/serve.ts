// The oracle as a process: inputs and answers as driver.c has them, on a socket that is both stdin and stdout.
import { readSync, writeSync } from 'node:fs';
import { expectedAnswer } from './oracle';

const input = new Uint8Array(256);

/** Fills `input` up to `end`; false at the end of the inputs. */
function fill(from: number, end: number): boolean {
  for (let at = from; at < end;) {
    const got = readSync(0, input, at, end - at, null);
    if (got === 0) return false;
    at += got;
  }
  return true;
}

while (fill(0, 1)) {
  const end = 1 + (input[0] ?? 0);
  if (!fill(1, end)) break;
  writeSync(1, expectedAnswer(input.slice(1, end)));
}
