import { scriptedDocument, type ScriptedPage } from '../document';
import { escape } from '../escape';
import type { PlanStrings } from './strings';

/** What the page shows, and where its parts are. */
export interface PlanPage extends ScriptedPage {
  readonly strings: PlanStrings;
  readonly title: string;
  /** Language of the texts, like `en` or `zh-cn`. */
  readonly language: string;
}

/** The HTML of the page of steps. Loads nothing but the one script and the one style sheet; every value is escaped. */
export function planPage(page: PlanPage): string {
  const { strings, language, title } = page;
  const button = (id: string, text: string, style = 'secondary'): string =>
    `<button type="button" class="${style}" id="${id}">${escape(text)}</button>`;
  const main = `<main class="plan">
<h1 id="title">${escape(title)}</h1>
<p id="subtitle"></p>
<ul id="notes"></ul>
<div id="bar">
${button('run', strings.runOne, 'primary')}
${button('stop', strings.stop)}
${button('script', strings.script)}
${button('log', strings.log)}
<p id="summary" role="status" aria-live="polite"></p>
</div>
<section aria-labelledby="stays-title" id="stays" hidden>
<h2 id="stays-title">${escape(strings.stays)}</h2>
<table><thead><tr><th scope="col">${escape(strings.kernel)}</th><th scope="col">${escape(strings.answer)}</th><th scope="col">${escape(strings.reason)}</th></tr></thead>
<tbody id="stays-rows"></tbody></table>
</section>
<ol id="steps" aria-label="${escape(strings.steps)}"></ol>
</main>`;
  return scriptedDocument(page, { language, title, main, data: strings });
}
