import { LONGEST_HEADER } from './capture/format';
import { isCapture } from './capture/capture';
import type { CaptureReaderOptions } from './capture/reader';
import { createCaptureReader } from './capture/reader';
import { joinBytes } from '../bytes';
import type { Decoded } from './decoded';
import type { Message } from '../message';
import type { Sighting } from './sightings';
import { createTextReader } from './text-reader';

/** Reads a capture or text piece by piece. */
export interface InputReader {
  feed(chunk: Uint8Array): void;
  end(): void;
  takeResults(): readonly Decoded[];
  /** The same, without a result for each packet that only repeats one. */
  takeSightings(): readonly Sighting[];
  readonly problem: Message | undefined;
}

/** A reader for whatever a file holds, told by its first bytes. */
export function createReader(options: CaptureReaderOptions = {}): InputReader {
  let head = new Uint8Array();
  let reader: InputReader | undefined;
  const begin = (): InputReader => {
    const begun = isCapture(head) ? createCaptureReader(options) : createTextReader(options);
    begun.feed(head);
    return begun;
  };
  return {
    feed: (chunk) => {
      if (reader !== undefined) {
        reader.feed(chunk);
        return;
      }
      head = joinBytes([head, chunk]);
      if (head.length >= LONGEST_HEADER) reader = begin();
    },
    end: () => {
      reader ??= begin();
      reader.end();
    },
    takeResults: () => reader?.takeResults() ?? [],
    takeSightings: () => reader?.takeSightings() ?? [],
    get problem() {
      return reader?.problem;
    },
  };
}
