import type { Span } from '../text';

/** For each span the innermost of `outer` that contains it. Spans of `outer` nest or are apart; any order. */
export function enclosing<T extends Span>(inner: readonly Span[], outer: readonly T[]): readonly (T | undefined)[] {
  const sorted = [...outer].sort((a, b) => a.start - b.start || b.end - a.end);
  const order = inner.map((_, index) => index).sort((a, b) => startOf(inner[a]) - startOf(inner[b]));
  const found = new Array<T | undefined>(inner.length).fill(undefined);
  const open: T[] = [];
  let next = 0;
  for (const index of order) {
    const span = inner[index];
    if (!span) continue;
    for (let each = sorted[next]; each && each.start <= span.start; each = sorted[++next]) {
      dropEnded(open, each.start);
      open.push(each);
    }
    dropEnded(open, span.start);
    found[index] = open.findLast((each) => each.end >= span.end);
  }
  return found;
}

/** Takes the spans off the stack that end at `position` or before. */
function dropEnded(open: Span[], position: number): void {
  for (let last = open.at(-1); last && last.end <= position; last = open.at(-1)) open.pop();
}

function startOf(span: Span | undefined): number {
  return span?.start ?? 0;
}

/** The items, sorted by start, that start inside `span`. */
export function startingInside<T extends Span>(items: readonly T[], span: Span): readonly T[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startOf(items[middle]) < span.start) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < items.length && startOf(items[end]) < span.end) end++;
  return items.slice(low, end);
}

/** The spans that no other contains, by their start. */
export function outermost<T extends Span>(spans: readonly T[]): readonly T[] {
  const kept: T[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  }
  return kept;
}
