import type { Stream } from '../host/host';

/** Joins the pieces of two streams into whole lines, so that what make says on one never cuts a line of the other in two. */
export interface StreamLines {
  feed(text: string, stream: Stream): void;
  /** Passes on what has no line ending. */
  end(): void;
}

/** A line is passed on in pieces beyond this length: memory must not grow with a line without end. */
const LINE_LIMIT = 64 * 1024;

/** Calls `onLines` with whole lines, in the order in which they end. */
export function splitByStream(onLines: (lines: string) => void): StreamLines {
  const pending = { stdout: '', stderr: '' };
  return {
    feed(text, stream) {
      const whole = pending[stream] + text;
      const end = whole.length > LINE_LIMIT ? whole.length : whole.lastIndexOf('\n') + 1;
      if (end > 0) onLines(whole.slice(0, end));
      pending[stream] = whole.slice(end);
    },
    end() {
      for (const rest of [pending.stdout, pending.stderr]) if (rest !== '') onLines(`${rest}\n`);
    },
  };
}
