import type { Translate } from '../core/message';
import type { PageData } from './protocol';
import type { DecoderString, DecoderStrings } from './strings';
import { decoderStrings } from './strings';

/** Where the page's parts are, and what may load them. */
export interface DecoderPage {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Random for each page; letters and digits. */
  readonly nonce: string;
  readonly strings: DecoderStrings;
  readonly translations?: Readonly<Record<string, string>>;
  /** Language of the texts, like `en` or `zh-cn`. */
  readonly language?: string;
}

/** The page's texts in the user's language. */
export function translateDecoderStrings(translate: Translate): DecoderStrings {
  const entries = Object.entries(decoderStrings).map(([key, { text }]) => [key, translate(text)] as const);
  return Object.fromEntries(entries) as Record<DecoderString, string>;
}

/** The decoder's HTML. Loads nothing but the one script and the one style sheet; every value is escaped. */
export function decoderPage(page: DecoderPage): string {
  const { cspSource, nonce, strings, translations = {}, language = 'en' } = page;
  const data: PageData = { strings, translations };
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escape(page.styleUri)}">
<title>TOA</title>
</head>
<body>
<main>
<section class="input">
<label for="text">${escape(strings.inputLabel)}</label>
<textarea id="text" spellcheck="false" autocomplete="off" wrap="off" placeholder="${escape(strings.placeholder)}"></textarea>
<div class="actions">
<button type="button" id="example">${escape(strings.example)}</button>
<button type="button" id="clear" class="secondary">${escape(strings.clear)}</button>
</div>
</section>
<section class="output" aria-label="${escape(strings.results)}">
<p id="summary" role="status" aria-live="polite"></p>
<div id="empty"><h2 id="empty-title"></h2><p id="empty-text"></p></div>
<div id="results" hidden></div>
<div id="bytes" hidden></div>
</section>
</main>
<script type="application/json" id="data">${json(data)}</script>
<script nonce="${escape(nonce)}" src="${escape(page.scriptUri)}"></script>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** JSON that cannot end the script element it stands in. */
function json(data: unknown): string {
  return JSON.stringify(data).replace(/</g, '\\u003c');
}
