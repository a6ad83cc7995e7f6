import { decodeText } from '../core/decode/decode';
import { dialectTable } from '../core/decode/dialects';
import { Handshakes, tellMissing, type HandshakeSummary } from '../core/decode/handshakes';
import { byId } from './dom';
import { acceptDrops } from './drop';
import { EXAMPLE } from './example';
import { FileReading } from './file-reading';
import { Output } from './output';
import type { PageData, PageState, ToExtension, ToPage } from './protocol';
import { isPageState, isToPage } from './protocol';
import { Texts } from './texts';

interface EditorApi {
  postMessage(message: ToExtension): void;
  getState(): unknown;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();
const data = JSON.parse(byId('data', HTMLScriptElement).text) as PageData;
const texts = new Texts(data);
const input = byId('text', HTMLTextAreaElement);
const summary = byId('summary', HTMLElement);
const output = new Output(texts, {
  copy(text) {
    editor.postMessage({ type: 'copy', text });
    summary.textContent = text.includes('\n') ? texts.text('copiedTable') : texts.text('copied', { client: text });
  },
  // The bytes of a result are selected in the text it came from.
  select({ span }) {
    if (span !== undefined && !file.shown) input.setSelectionRange(span.start, span.end);
  },
  keep,
});
const file = new FileReading(output, texts, () => {
  editor.postMessage({ type: 'cancel' });
});

let dialects = dialectTable(data.kinds);
/** Set while the text waits for the next frame: however fast it comes, a frame decodes it once. */
let waiting = false;

function decodeSoon(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    decodeInput();
  });
}

function decodeInput(): void {
  file.leave();
  const watched = new Handshakes();
  const results = decodeText(input.value, dialects, watched);
  const handshakes = watched.summary();
  output.show(results, handshakes);
  const clients = results.filter(({ client }) => client !== null).length;
  if (results.length === 0) tellNothing(handshakes);
  else {
    byId('empty', HTMLElement).hidden = true;
    summary.classList.remove('spoken');
    summary.textContent =
      results.length === 1 && clients === 1
        ? texts.text('summaryOne')
        : texts.text('summary', { clients, results: results.length });
  }
  keep();
}

function tellNothing(handshakes: HandshakeSummary): void {
  const blank = input.value.trim() === '';
  const missing = tellMissing(handshakes);
  byId('empty', HTMLElement).hidden = false;
  byId('empty-title', HTMLElement).textContent = texts.text(blank ? 'emptyTitle' : 'nothingTitle');
  byId('empty-text', HTMLElement).textContent =
    missing === undefined ? texts.text(blank ? 'emptyText' : 'nothingText') : texts.note(missing);
  summary.textContent = blank ? '' : texts.text('nothingTitle');
  summary.classList.add('spoken');
}

function keep(): void {
  editor.setState({ text: input.value, ...output.choice });
}

function replace(text: string): void {
  input.value = text;
  decodeInput();
}

function receive(message: ToPage): void {
  switch (message.type) {
    case 'decode':
      replace(message.text);
      break;
    case 'module':
      output.setModule(message.module);
      break;
    case 'kinds':
      dialects = dialectTable(message.kinds);
      if (!file.shown) decodeInput();
      break;
    case 'file':
      file.begin(message.name);
      break;
    case 'batch':
      file.add(message.batch);
      break;
    case 'end':
      file.end(message.ending);
  }
}

input.addEventListener('input', decodeSoon);
byId('example', HTMLElement).addEventListener('click', () => {
  replace(EXAMPLE);
});
byId('open', HTMLElement).addEventListener('click', () => {
  editor.postMessage({ type: 'open' });
});
byId('clear', HTMLElement).addEventListener('click', () => {
  replace('');
  input.focus();
});
window.addEventListener('message', ({ data: received }: MessageEvent<unknown>) => {
  if (isToPage(received)) receive(received);
});
acceptDrops(document.body, { text: replace, file: (dropped) => file.read(dropped, dialects, replace) });

const saved = editor.getState();
if (isPageState(saved)) {
  const { tab = 'packets', filter = '', sorts = {} } = saved;
  output.choice = { tab, filter, sorts };
  // What was typed while the page was still loading counts before what it held when it was last hidden.
  if (input.value === '') input.value = saved.text;
}
if (!byId('text', HTMLElement).closest('section')?.hidden) decodeInput();
editor.postMessage({ type: 'ready' });
