import { element } from './dom';
import type { Sort } from './protocol';
import { arrange, type Row } from './rows';
import type { DecoderString } from './strings';

/** Rows drawn at first, and at each "more": a table of a million rows helps nobody, and costs a frame. */
const PAGE = 30;

/** One column: the name of its cells, and how it is drawn where that is more than its text. */
export interface Column<Source, Key extends string = DecoderString> {
  readonly name: string;
  readonly heading: Key;
  readonly draw?: (source: Source, row: HTMLTableRowElement) => readonly (Node | string)[];
  readonly style?: (source: Source) => string;
}

/** The page's texts: headings, and what a table says of itself. */
export interface TableTexts<Key extends string> {
  text(key: Key | 'more' | 'noMatch', values?: Readonly<Record<string, string | number>>): string;
}

export interface TableOptions<Source, Key extends string = DecoderString> {
  readonly columns: readonly Column<Source, Key>[];
  readonly rows: readonly Row<Source>[];
  readonly filter: string;
  readonly sort: Sort | undefined;
  readonly current?: Source | undefined;
  readonly label: string;
  /** As many rows were drawn before. */
  readonly shown: number;
  readonly onSort: (sort: Sort | undefined) => void;
}

/** A table with sorting buttons in its head, of which only the first rows are drawn until the user asks for more. */
export function tableView<Source, Key extends string>(
  options: TableOptions<Source, Key>,
  texts: TableTexts<Key>,
): HTMLElement {
  const rows = arrange(options.rows, options.filter, options.sort);
  const head = element('tr', {}, ...options.columns.map((column) => heading(column, options, texts)));
  const body = element('tbody');
  body.addEventListener('keydown', moveByArrow);
  const more = element('button', { type: 'button', class: 'more secondary' });
  const draw = (from: number, count = PAGE): void => {
    body.append(...rows.slice(from, from + count).map((row) => drawRow(row, options)));
    const left = rows.length - body.rows.length;
    more.hidden = left <= 0;
    more.textContent = texts.text('more', { count: left });
  };
  more.addEventListener('click', () => {
    const from = body.rows.length;
    draw(from);
    body.rows[from]?.querySelector('button')?.focus();
  });
  draw(0, Math.max(PAGE, options.shown));
  const table = element('table', { 'aria-label': options.label }, element('thead', {}, head), body);
  const none = rows.length === 0 && options.rows.length > 0 ? [element('p', {}, texts.text('noMatch'))] : [];
  return element('div', {}, table, ...none, more);
}

/** First ascending, then descending, then as it came. */
function heading<Source, Key extends string>(
  { name, heading: key }: Column<Source, Key>,
  { sort, onSort }: TableOptions<Source, Key>,
  texts: TableTexts<Key>,
): HTMLElement {
  const own = sort?.column === name ? sort : undefined;
  const order = own === undefined ? 'none' : own.descending ? 'descending' : 'ascending';
  const button = element('button', { type: 'button', class: 'sort', 'data-column': name }, texts.text(key));
  button.addEventListener('click', () => {
    onSort(own?.descending === true ? undefined : { column: name, descending: own !== undefined });
  });
  return element('th', { scope: 'col', 'aria-sort': order }, button);
}

function drawRow<Source, Key extends string>(
  { source, cells }: Row<Source>,
  { columns, current }: TableOptions<Source, Key>,
): HTMLElement {
  const row = element('tr', source === current ? { 'aria-current': 'true' } : {});
  for (const { name, draw, style } of columns) {
    const content = draw?.(source, row) ?? [String(cells[name] ?? '')];
    row.append(element('td', style === undefined ? {} : { class: style(source) }, ...content));
  }
  return row;
}

/** Marks the row whose bytes are shown. */
export function mark(selected: HTMLTableRowElement): void {
  selected.parentElement?.querySelector('[aria-current]')?.removeAttribute('aria-current');
  selected.setAttribute('aria-current', 'true');
}

/** Up and Down go from client to client. */
function moveByArrow(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const { target, currentTarget } = event;
  if (step === undefined || !(target instanceof HTMLElement) || !(currentTarget instanceof HTMLElement)) return;
  const buttons = [...currentTarget.querySelectorAll<HTMLButtonElement>('button.client:enabled')];
  const row = target.closest('tr');
  const next = buttons[buttons.findIndex((button) => row?.contains(button) === true) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
