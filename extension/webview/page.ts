import type { UserKind } from '../core/decode/dialects';
import type { PageData } from './protocol';
import type { DecoderStrings } from './strings';
import { scriptedDocument, type ScriptedPage } from './document';
import { escape } from './escape';

/** What the page shows, and where its parts are. */
export interface DecoderPage extends ScriptedPage {
  /** A place to paste text, or the content of a file that the extension reads. */
  readonly shows: 'paste' | 'file';
  readonly strings: DecoderStrings;
  readonly kinds?: readonly UserKind[];
  readonly translations?: Readonly<Record<string, string>>;
  /** Language of the texts, like `en` or `zh-cn`. */
  readonly language?: string;
}

/** The decoder's HTML. Loads nothing but the one script and the one style sheet; every value is escaped. */
export function decoderPage(page: DecoderPage): string {
  const { strings, kinds = [], translations = {}, language = 'en' } = page;
  const data: PageData = { strings, translations, kinds };
  const main = `<main class="${escape(page.shows)}">
<h1 class="spoken">${escape(strings.title)}</h1>
<section class="input"${page.shows === 'file' ? ' hidden' : ''}>
<label for="text">${escape(strings.inputLabel)}</label>
<textarea id="text" spellcheck="false" autocomplete="off" wrap="off" placeholder="${escape(strings.placeholder)}"></textarea>
<div class="actions">
<button type="button" id="example">${escape(strings.example)}</button>
<button type="button" id="open" class="secondary">${escape(strings.openFile)}</button>
<button type="button" id="clear" class="secondary">${escape(strings.clear)}</button>
</div>
</section>
<section class="output" aria-label="${escape(strings.results)}">
<div id="file" hidden>
<span id="file-text"></span>
<progress id="progress" max="1" aria-label="${escape(strings.progress)}"></progress>
<button type="button" id="cancel" class="secondary">${escape(strings.cancel)}</button>
</div>
<p id="summary" role="status" aria-live="polite"></p>
<div id="empty"><h2 id="empty-title"></h2><p id="empty-text"></p></div>
${tools(strings)}
<div id="results" role="tabpanel" aria-labelledby="tab-packets" hidden></div>
<div id="bytes" hidden></div>
</section>
<p id="drop" aria-hidden="true">${escape(strings.dropHere)}</p>
</main>`;
  return scriptedDocument(page, { language, title: strings.title, main, data });
}

function tools(strings: DecoderStrings): string {
  const tab = (name: string, text: string): string =>
    `<button type="button" role="tab" id="tab-${name}" aria-controls="results">${escape(text)}</button>`;
  const copy = (form: string, text: string, label: string): string =>
    `<button type="button" class="secondary" id="copy-${form}" aria-label="${escape(label)}" title="${escape(label)}">${text}</button>`;
  return `<div id="tools" hidden>
<div id="tabs" role="tablist" aria-label="${escape(strings.results)}">
${tab('packets', strings.tabPackets)}
${tab('clients', strings.tabClients)}
${tab('connections', strings.tabConnections)}
</div>
<input type="search" id="filter" aria-label="${escape(strings.filter)}" placeholder="${escape(strings.filter)}" spellcheck="false" autocomplete="off">
<div class="copies" role="group" aria-label="${escape(strings.copyAs)}">
${copy('text', 'TXT', strings.copyText)}
${copy('csv', 'CSV', strings.copyCsv)}
${copy('json', 'JSON', strings.copyJson)}
</div>
</div>`;
}
