import type { WordFinder } from './wordFinder';

/** Characters of a line that are read; the rest of it is passed over. */
export const LINE_LIMIT = 4096;

const NEWLINE = 10;

/**
 * Told a line that has words of the finder, its number from 1, and the owners of the words in ascending order. Answers whether the next line is
 * wanted too, whatever it has.
 */
export type OnLine = (text: string, line: number, owners: readonly number[]) => boolean;

/** Cuts pieces of text into lines, and passes on those that have a word. Linear, and it keeps no more than the beginning of one line. */
export class LineScanner {
  private line = 1;
  private state: number;
  /** The owners of the words in this line: the first `count` of them. One list for all lines, since most lines are passed over. */
  private readonly owners: number[] = [];
  private count = 0;
  /** One of the owners is still wanted by itself. */
  private isWanted = false;
  /** The line is wanted because of the one before it. */
  private isNext = false;
  private readonly muted = new Set<number>();
  /** The beginning of a line whose end has not come yet. */
  private pending = '';

  constructor(
    private readonly finder: WordFinder,
    private readonly onLine: OnLine,
  ) {
    this.state = finder.start;
  }

  /** Takes a piece of text, cut anywhere. */
  feed(chunk: string): void {
    const { classOf, next, isFound, start } = this.finder;
    let { state } = this;
    let begin = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (code === NEWLINE) {
        if (this.count > 0 || this.isNext) this.finish(chunk, begin, at);
        this.pending = '';
        this.line += 1;
        begin = at + 1;
        state = start;
      } else {
        state = next[state + (classOf[code] ?? 0)] ?? start;
        if (isFound[state] === 1) this.note(state, at - begin);
      }
    }
    this.state = state;
    this.pending += chunk.slice(begin, begin + LINE_LIMIT - this.pending.length);
  }

  /** Reads the last line, which has no line ending. */
  end(): void {
    if (this.count > 0 || this.isNext) this.finish('', 0, 0);
    this.pending = '';
  }

  /** From now on the words of this owner alone are no reason to pass a line on. */
  mute(owner: number): void {
    this.muted.add(owner);
  }

  private note(state: number, column: number): void {
    if (this.pending.length + column >= LINE_LIMIT) return;
    for (const owner of this.finder.found.get(state) ?? []) {
      const at = this.owners.indexOf(owner);
      if (at >= 0 && at < this.count) continue;
      this.owners[this.count] = owner;
      this.count += 1;
      this.isWanted ||= !this.muted.has(owner);
    }
  }

  private finish(chunk: string, begin: number, end: number): void {
    const { isWanted, isNext, count } = this;
    this.isWanted = false;
    this.isNext = false;
    this.count = 0;
    if (!isWanted && !isNext) return;
    const text = this.pending + chunk.slice(begin, Math.min(end, begin + LINE_LIMIT - this.pending.length));
    this.isNext = this.onLine(
      text,
      this.line,
      this.owners.slice(0, count).sort((a, b) => a - b),
    );
  }
}
