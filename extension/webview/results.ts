import type { Decoded } from '../core/decode/decoded';
import { element } from './dom';
import type { Texts } from './texts';

/** Rows beyond this are counted, not drawn: a table of a million rows helps nobody. */
const MOST_ROWS = 200;

export interface ResultActions {
  readonly select: (result: Decoded) => void;
  readonly copy: (client: string) => void;
}

/** The table of results. Each row has a button that shows its bytes, and one that copies the client. */
export function resultTable(results: readonly Decoded[], texts: Texts, actions: ResultActions): HTMLElement {
  const head = (['client', 'kind', 'dialect', 'status', 'frame', 'note'] as const).map((key) =>
    element('th', { scope: 'col' }, texts.text(key)),
  );
  const shown = results.slice(0, MOST_ROWS);
  const body = element('tbody', {}, ...shown.map((result) => row(result, texts, actions)));
  body.addEventListener('keydown', moveByArrow);
  const table = element('table', {}, element('thead', {}, element('tr', {}, ...head)), body);
  const hidden = results.length - shown.length;
  return element('div', {}, table, ...(hidden > 0 ? [element('p', {}, texts.text('more', { count: hidden }))] : []));
}

function row(result: Decoded, texts: Texts, actions: ResultActions): HTMLTableRowElement {
  const { client, kind, dialect, status, frame, segment, options } = result;
  const name = clientText(result, texts);
  const select = element(
    'button',
    { type: 'button', class: 'client', 'aria-label': texts.text('showBytes', { client: name }) },
    name,
  );
  select.disabled = options.length === 0;
  const made = element(
    'tr',
    {},
    element('td', { class: 'client' }, select, ...copyButton(client, texts, actions)),
    element('td', {}, kind === null ? '' : String(kind)),
    element('td', {}, dialect),
    element('td', { class: `status ${status}` }, texts.status(status)),
    element('td', {}, segment === undefined ? String(frame) : `${frame} (${segment})`),
    element('td', { class: 'note' }, noteText(result, texts)),
  );
  select.addEventListener('click', () => {
    mark(made);
    actions.select(result);
  });
  return made;
}

function copyButton(client: string | null, texts: Texts, { copy }: ResultActions): readonly HTMLElement[] {
  if (client === null) return [];
  const label = texts.text('copyClient', { client });
  const button = element(
    'button',
    { type: 'button', class: 'copy secondary', 'aria-label': label, title: label },
    texts.text('copy'),
  );
  button.addEventListener('click', () => {
    copy(client);
  });
  return [button];
}

function clientText({ client, port }: Decoded, texts: Texts): string {
  if (client !== null) return client;
  return port === null ? texts.text('noClient') : texts.text('portOnly', { port });
}

function noteText({ note, vip, alternative }: Decoded, texts: Texts): string {
  const parts = [
    note === undefined ? '' : texts.note(note),
    vip === undefined ? '' : texts.text('service', { vip }),
    alternative === undefined
      ? ''
      : texts.text('otherReading', { client: alternative.client, reason: texts.note(alternative.reason) }),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Marks the row whose bytes are shown. */
export function mark(selected: HTMLTableRowElement): void {
  for (const row of selected.parentElement?.children ?? []) row.removeAttribute('aria-current');
  selected.setAttribute('aria-current', 'true');
}

/** Up and Down go from client to client. */
function moveByArrow(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const target = event.target;
  if (step === undefined || !(target instanceof HTMLElement) || !(event.currentTarget instanceof HTMLElement)) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.client:enabled')];
  const row = target.closest('tr');
  const next = buttons[buttons.findIndex((button) => row?.contains(button) === true) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
