import type { CaptureReaderOptions } from './capture/reader';
import { joinBytes } from './bytes';
import { decodeBytes } from './decode';
import type { Decoded } from './decoded';
import { STANDARD_DIALECTS } from './dialects';
import type { InputReader } from './reader';

/** Text that is not a capture, gathered and read whole. */
export function createTextReader({ dialects = STANDARD_DIALECTS }: CaptureReaderOptions): InputReader {
  const parts: Uint8Array[] = [];
  let results: readonly Decoded[] = [];
  return {
    feed: (chunk) => {
      parts.push(chunk.slice());
    },
    end: () => {
      results = decodeBytes(joinBytes(parts), dialects);
    },
    takeResults: () => {
      const taken = results;
      results = [];
      return taken;
    },
    problem: undefined,
  };
}
