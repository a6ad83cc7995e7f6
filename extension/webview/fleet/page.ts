import { escape } from '../escape';
import type { FleetStrings } from './strings';

/** Where the page's parts are, and what may load them. */
export interface FleetPage {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Random for each page; letters and digits. */
  readonly nonce: string;
  readonly strings: FleetStrings;
  /** Language of the texts, like `en` or `zh-cn`. */
  readonly language: string;
}

/** The HTML of the table of hosts. Loads nothing but the one script and the one style sheet; every value is escaped. */
export function fleetPage({ cspSource, scriptUri, styleUri, nonce, strings, language }: FleetPage): string {
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  const button = (id: string, text: string, label = text): string =>
    `<button type="button" class="secondary" id="${id}" aria-label="${escape(label)}" title="${escape(label)}">${escape(text)}</button>`;
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escape(styleUri)}">
<title>${escape(strings.title)}</title>
</head>
<body>
<main class="file">
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
<div id="results"></div>
</section>
</main>
<script type="application/json" id="data">${JSON.stringify(strings).replace(/</g, '\\u003c')}</script>
<script nonce="${escape(nonce)}" src="${escape(scriptUri)}"></script>
</body>
</html>
`;
}
