import { decodeText } from '../core/decode/decode';
import type { Decoded } from '../core/decode/decoded';
import { byteView } from './byte-view';
import { byId } from './dom';
import type { PageData, PageState, ToExtension } from './protocol';
import { isPageState, isToPage } from './protocol';
import { mark, resultTable } from './results';
import { Texts } from './texts';

interface EditorApi {
  postMessage(message: ToExtension): void;
  getState(): unknown;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): EditorApi;

/** A handshake of a client at 203.0.113.7 through a balancer that writes kind 254, as tcpdump -x prints it. */
const EXAMPLE = `10:21:43.120871 IP 100.97.12.40.40112 > 10.0.3.20.443: Flags [.], ack 1, win 29200, options [exp-c76c,nop,nop,TS val 1 ecr 2], length 0
\t0x0000:  4500 003c 1234 4000 3d06 adeb 6461 0c28
\t0x0010:  0a00 0314 9cb0 01bb c5b2 5105 296e e795
\t0x0020:  a010 7210 9f5f 0000 fe08 c76c cb00 7107
\t0x0030:  0101 080a 0000 0001 0000 0002
`;

const editor = acquireVsCodeApi();
const texts = new Texts(JSON.parse(byId('data', HTMLScriptElement).text) as PageData);
const input = byId('text', HTMLTextAreaElement);
const summary = byId('summary', HTMLElement);
const empty = byId('empty', HTMLElement);
const results = byId('results', HTMLElement);
const bytes = byId('bytes', HTMLElement);

function show(): void {
  const found = decodeText(input.value);
  editor.setState({ text: input.value });
  empty.hidden = found.length > 0;
  results.hidden = found.length === 0;
  bytes.hidden = true;
  if (found.length === 0) showEmpty();
  else showResults(found);
}

function showEmpty(): void {
  const blank = input.value.trim() === '';
  byId('empty-title', HTMLElement).textContent = texts.text(blank ? 'emptyTitle' : 'nothingTitle');
  byId('empty-text', HTMLElement).textContent = texts.text(blank ? 'emptyText' : 'nothingText');
  summary.textContent = blank ? '' : texts.text('nothingTitle');
  summary.classList.add('spoken');
  results.replaceChildren();
}

function showResults(found: readonly Decoded[]): void {
  const clients = found.filter(({ client }) => client !== null).length;
  summary.classList.remove('spoken');
  summary.textContent =
    found.length === 1 && clients === 1
      ? texts.text('summaryOne')
      : texts.text('summary', { clients, results: found.length });
  results.replaceChildren(resultTable(found, texts, { select, copy }));
  const first = found.findIndex(({ options }) => options.length > 0);
  const row = results.querySelectorAll('tbody tr')[first];
  const result = found[first];
  if (result === undefined || !(row instanceof HTMLTableRowElement)) return;
  mark(row);
  showBytes(result);
}

/** Shows the bytes of a result and selects them in the text. */
function select(result: Decoded): void {
  showBytes(result);
  if (result.span !== undefined) input.setSelectionRange(result.span.start, result.span.end);
}

function showBytes(result: Decoded): void {
  bytes.hidden = false;
  bytes.replaceChildren(byteView(result, texts));
}

function copy(client: string): void {
  editor.postMessage({ type: 'copy', text: client });
  summary.textContent = texts.text('copied', { client });
}

function replace(text: string): void {
  input.value = text;
  show();
}

input.addEventListener('input', show);
byId('example', HTMLElement).addEventListener('click', () => {
  replace(EXAMPLE);
});
byId('clear', HTMLElement).addEventListener('click', () => {
  replace('');
  input.focus();
});
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isToPage(data)) replace(data.text);
});

// What was typed while the page was still loading counts before what it held when it was last hidden.
const saved = editor.getState();
const held = isPageState(saved) ? saved.text : '';
replace(input.value === '' ? held : input.value);
editor.postMessage({ type: 'ready' });
