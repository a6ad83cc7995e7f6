import { scriptedDocument, type ScriptedPage } from '../document';
import { escape } from '../escape';
import type { FleetStrings } from './strings';

/** What the page shows, and where its parts are. */
export interface FleetPage extends ScriptedPage {
  readonly strings: FleetStrings;
  /** Language of the texts, like `en` or `zh-cn`. */
  readonly language: string;
}

/** The HTML of the table of hosts. Loads nothing but the one script and the one style sheet; every value is escaped. */
export function fleetPage(page: FleetPage): string {
  const { strings, language } = page;
  const button = (id: string, text: string, label = text): string =>
    `<button type="button" class="secondary" id="${id}" aria-label="${escape(label)}" title="${escape(label)}">${escape(text)}</button>`;
  const main = `<main class="file">
<h1 class="spoken">${escape(strings.title)}</h1>
<section class="output" aria-label="${escape(strings.title)}">
<p id="summary" role="status" aria-live="polite"></p>
<div id="file">
<progress id="progress" aria-label="${escape(strings.progress)}"></progress>
<button type="button" id="cancel" class="secondary">${escape(strings.cancel)}</button>
</div>
<div id="tools">
<input type="search" id="filter" aria-label="${escape(strings.filter)}" placeholder="${escape(strings.filter)}" spellcheck="false" autocomplete="off">
<div class="copies" role="group" aria-label="${escape(strings.exportTable)}">
${button('csv', 'CSV', strings.exportCsv)}
${button('json', 'JSON', strings.exportJson)}
</div>
${button('ansible', strings.ansible, `${strings.ansible} ${strings.ansibleNote}`)}
${button('again', strings.again)}
</div>
<div id="results" class="wide"></div>
</section>
</main>`;
  return scriptedDocument(page, { language, title: strings.title, main, data: strings });
}
