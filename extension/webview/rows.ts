import type { Sort } from './protocol';

/** What a row says, by column: the form in which it is filtered, sorted and copied. */
export type Cells = Readonly<Record<string, string | number | null>>;

/** A row of a table with what stands behind it. */
export interface Row<Source> {
  readonly source: Source;
  readonly cells: Cells;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** The rows that hold every word of the filter, in any column and letter case, in the asked order; rows that are equal keep theirs. */
export function arrange<Source>(rows: readonly Row<Source>[], filter: string, sort?: Sort): readonly Row<Source>[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = words.length === 0 ? rows : rows.filter(({ cells }) => holds(cells, words));
  if (sort === undefined) return kept;
  const { column, descending } = sort;
  const order = (one: Row<Source>, other: Row<Source>): number =>
    compare(one.cells[column], other.cells[column], descending ? -1 : 1);
  return kept.toSorted(order);
}

function holds(cells: Cells, words: readonly string[]): boolean {
  const text = Object.values(cells).join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Numbers by value, `10.0.0.9` before `10.0.0.10`; what is empty comes last in both directions. */
function compare(one: Cells[string] | undefined, other: Cells[string] | undefined, direction: 1 | -1): number {
  const empty = Number(isEmpty(one)) - Number(isEmpty(other));
  if (empty !== 0 || isEmpty(one)) return empty;
  if (typeof one === 'number' && typeof other === 'number') return direction * (one - other);
  return direction * COLLATOR.compare(String(one), String(other));
}

function isEmpty(value: Cells[string] | undefined): boolean {
  return value === null || value === undefined || value === '';
}
