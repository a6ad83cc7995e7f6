import { escape } from './escape';
import { PAGE_STYLE } from './pageStyle';

/** What the pages of the extension have in common. */
export interface HtmlDocument {
  /** Language of the texts, like `en` or `zh-cn`. */
  readonly language: string;
  /** The content security policy: what may load. */
  readonly policy: string;
  readonly title: string;
  /** The element that brings the style, as HTML. */
  readonly style: string;
  /** As HTML. */
  readonly body: string;
}

/** A whole page. */
function htmlDocument({ language, policy, title, style, body }: HtmlDocument): string {
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${style}
<title>${escape(title)}</title>
</head>
<body>
${body}
</body>
</html>
`;
}

/** What a page without a script is made of. */
export interface StaticPage extends Pick<HtmlDocument, 'language' | 'title' | 'body'> {
  /** Random for each page; letters and digits. */
  readonly nonce: string;
}

/** A page that loads nothing and runs nothing: its links are commands of the extension, so that the keyboard and screen readers use it like any page. */
export function staticDocument({ language, title, body, nonce }: StaticPage): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'`;
  const style = `<style nonce="${escape(nonce)}">${PAGE_STYLE}</style>`;
  return htmlDocument({ language, policy, title, style, body });
}

/** Where the parts of a page with a script are, and what may load them. */
export interface ScriptedPage {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Random for each page; letters and digits. */
  readonly nonce: string;
}

interface Content extends Pick<HtmlDocument, 'language' | 'title'> {
  /** As HTML. */
  readonly main: string;
  /** What the script finds in the element `data`. */
  readonly data: unknown;
}

/** A page that loads nothing but its one script and its one style sheet. */
export function scriptedDocument(page: ScriptedPage, { language, title, main, data }: Content): string {
  const nonce = escape(page.nonce);
  return htmlDocument({
    language,
    policy: `default-src 'none'; style-src ${page.cspSource}; script-src 'nonce-${page.nonce}'`,
    title,
    style: `<link rel="stylesheet" href="${escape(page.styleUri)}">`,
    body: `${main}
<script type="application/json" id="data">${json(data)}</script>
<script nonce="${nonce}" src="${escape(page.scriptUri)}"></script>`,
  });
}

/** JSON that cannot end the script element it stands in. */
function json(data: unknown): string {
  return JSON.stringify(data).replace(/</g, '\\u003c');
}
