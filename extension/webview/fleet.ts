// The page of "TOA: Check Hosts…": a table of hosts that fills while they are checked. It knows only what the extension sends.
import { render } from '../core/message';
import { byId, focused, keepFocus } from './dom';
import { fleetColumns } from './fleet/columns';
import { isFleetState, type FleetRequest, type FleetState } from './fleet/protocol';
import { fleetRow } from './fleet/row';
import type { FleetString, FleetStrings } from './fleet/strings';
import type { Sort } from './protocol';
import { arrange } from './rows';
import { tableView } from './table';

declare function acquireVsCodeApi(): { postMessage(message: FleetRequest): void };

const editor = acquireVsCodeApi();
const strings = JSON.parse(byId('data', HTMLScriptElement).textContent) as FleetStrings;
const text = (key: FleetString, values: Readonly<Record<string, string | number>> = {}): string =>
  render({ text: strings[key], values });

const filter = byId('filter', HTMLInputElement);
const results = byId('results', HTMLDivElement);
const progress = byId('progress', HTMLProgressElement);
let state: FleetState = { rows: [], count: 0, phase: 'checking' };
let sort: Sort | undefined;

function show(): void {
  const { rows, count, phase } = state;
  const fine = rows.filter((row) => row.state === 'fine').length;
  byId('summary', HTMLParagraphElement).textContent = text(phase, { checked: rows.length, count, fine });
  const checking = phase === 'checking';
  const [cancel, again] = [byId('cancel', HTMLButtonElement), byId('again', HTMLButtonElement)];
  keepFocus(
    () => {
      byId('file', HTMLDivElement).hidden = !checking;
      again.hidden = checking;
    },
    () => (checking ? cancel : again),
  );
  progress.max = Math.max(1, count);
  progress.value = rows.length;
  const column = focused()?.getAttribute('data-column');
  results.replaceChildren(table());
  if (column !== null && column !== undefined)
    results.querySelector<HTMLButtonElement>(`[data-column="${column}"]`)?.focus();
}

const arranged = () => state.rows.map((row) => fleetRow(row, text));

function table(): HTMLElement {
  const onSort = (chosen: Sort | undefined): void => {
    sort = chosen;
    show();
  };
  const shown = results.querySelectorAll('tbody tr').length;
  const options = { columns: fleetColumns, rows: arranged(), filter: filter.value, sort, label: text('title') };
  return tableView({ ...options, shown, onSort }, { text });
}

filter.addEventListener('input', show);
for (const type of ['cancel', 'again'] as const)
  byId(type, HTMLButtonElement).addEventListener('click', () => {
    editor.postMessage({ type });
  });
for (const type of ['csv', 'json', 'ansible'] as const)
  byId(type, HTMLButtonElement).addEventListener('click', () => {
    const hosts = arrange(arranged(), filter.value, sort).map(({ source }) => source.host);
    editor.postMessage({ type, hosts });
  });
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isFleetState(data)) return;
  state = data;
  show();
});
show();
editor.postMessage({ type: 'ready' });
