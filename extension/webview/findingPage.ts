import { causePageUrl } from '../core/explain/causePage';
import type { Alternative, CommandRemedy, Evidence, Finding, Remedy } from '../core/explain/finding';
import { placeIn } from '../core/explain/place';
import { message, type Message } from '../core/message';
import { shellText } from '../core/shellText';
import { htmlDocument } from './document';
import { escape } from './escape';

/** What the page shows, and how it says it. */
export interface FindingPage {
  /** The primary one first. */
  readonly findings: readonly Finding[];
  /** The commands that were run to decide; all of them only read. */
  readonly asked: readonly string[];
  readonly say: (sentence: Message) => string;
  /** Random for each page; letters and digits. */
  readonly nonce: string;
  /** Language of the texts, like `en` or `zh-cn`. */
  readonly language: string;
}

/** Commands that the page's links run, each with the numbers of the finding and of the evidence or remedy. */
export const PAGE_COMMANDS = { evidence: 'toa.openEvidence', remedy: 'toa.applyShownRemedy' } as const;

/**
 * The page of findings: cause, proof, fix, the checks that decided. It has no script: its links are commands of the extension, so that the
 * keyboard and screen readers use it like any page. Every value is escaped.
 */
export function findingPage({ findings, asked, say, nonce, language }: FindingPage): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'`;
  const title = findings[0] === undefined ? 'TOA' : say(findings[0].title);
  const main = `<main>
${findings.map((finding, index) => article(finding, index, say, language)).join('\n')}
${askedSection(asked, say)}
</main>`;
  const style = `<style nonce="${escape(nonce)}">${STYLE}</style>`;
  return htmlDocument({ language, policy, title, style, body: main });
}

type Say = FindingPage['say'];

function article(finding: Finding, index: number, say: Say, language: string): string {
  const heading = index === 0 ? 'h1' : 'h2';
  const id = `finding-${index}`;
  return `<article aria-labelledby="${id}">
<${heading} id="${id}" class="${finding.severity}">${escape(say(finding.title))}</${heading}>
<p class="sure">${escape(say(surenessOf(finding)))} <a href="${escape(causePageUrl(finding.cause, language))}"><code>${escape(finding.cause)}</code></a></p>
<p>${escape(say(finding.explanation))}</p>
${section(
  say(message('Proof')),
  list(
    'ul',
    finding.evidence.map((one, at) => evidenceItem(one, index, at, say)),
  ),
)}
${section(
  say(message('What to do')),
  list(
    'ol',
    finding.remedies.map((one, at) => remedyItem(one, index, at, say)),
  ),
)}
${section(say(message('Checks')), list('ul', checks(finding, say)))}
</article>`;
}

function surenessOf({ confidence }: Finding): Message {
  switch (confidence) {
    case 'certain':
      return message('Proven.');
    case 'likely':
      return message('The best reading of what was said.');
    case 'possible':
      return message('One of several causes that fit.');
  }
}

const section = (title: string, content: string): string =>
  content === '' ? '' : `<section><h3>${escape(title)}</h3>${content}</section>`;

/** What was run on the host to decide, as it can be run again. */
const askedSection = (asked: readonly string[], say: Say): string =>
  asked.length === 0
    ? ''
    : section(say(message('Asked on the host')), `<pre>${asked.map((one) => escape(`$ ${one}`)).join('\n')}</pre>`);

const list = (kind: 'ul' | 'ol', items: readonly string[]): string =>
  items.length === 0 ? '' : `<${kind}>${items.map((item) => `<li>${item}</li>`).join('')}</${kind}>`;

function evidenceItem({ text, line, source }: Evidence, finding: number, at: number, say: Say): string {
  const from =
    source === 'host'
      ? say(message('On the host'))
      : source === 'makefile'
        ? say(message('Makefile, line {line}', { line }))
        : say(message('Output, line {line}', { line }));
  const quoted = `<code>${escape(text)}</code>`;
  const content =
    placeIn(text) === undefined ? quoted : `<a href="${link(PAGE_COMMANDS.evidence, finding, at)}">${quoted}</a>`;
  return `<span class="from">${escape(from)}</span> ${content}`;
}

function remedyItem(remedy: Remedy, finding: number, at: number, say: Say): string {
  const action = `<a class="button" href="${link(PAGE_COMMANDS.remedy, finding, at)}">${escape(say(remedy.title))}</a>`;
  const details = [
    ...(remedy.kind === 'command' ? [commands(remedy)] : []),
    ...(remedy.kind === 'command' ? (remedy.notes ?? []) : []).map((note) => `<p>${escape(say(note))}</p>`),
    ...(remedy.undo === undefined ? [] : [`<p class="from">${escape(say(remedy.undo))}</p>`]),
  ];
  return `${action}${details.join('')}`;
}

const commands = ({ commands: argvs, privileged }: CommandRemedy): string =>
  `<pre>${argvs.map((argv) => escape(`${privileged ? '#' : '$'} ${shellText(argv)}`)).join('\n')}</pre>`;

/** The chain of checks: the one that holds, those that do not, those that are still open. */
function checks({ cause, decidedBy, confidence, alsoPossible, ruledOut }: Finding, say: Say): readonly string[] {
  const item = (mark: string, spoken: Message, one: Alternative): string =>
    `<span class="mark" aria-hidden="true">${mark}</span><span class="spoken">${escape(say(spoken))}</span> ${escape(say(one.decidedBy))} <code>${escape(one.cause)}</code>`;
  const [own, ownMark] =
    confidence === 'possible' ? ([message('Open:'), '?'] as const) : ([message('Holds:'), '✓'] as const);
  return [
    item(ownMark, own, { cause, decidedBy }),
    ...alsoPossible.map((one) => item('?', message('Open:'), one)),
    ...ruledOut.map((one) => item('✗', message('Ruled out:'), one)),
  ];
}

/** A command with numbers alone: nothing of a finding goes into the link. */
const link = (command: string, ...numbers: readonly number[]): string =>
  escape(`command:${command}?${encodeURIComponent(JSON.stringify([numbers]))}`);

/** Colours come from the editor's theme alone. */
const STYLE = `
body { padding: 0 1.5em 2em; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.5; }
main { max-width: 60em; }
article + article { margin-top: 2em; border-top: 1px solid var(--vscode-widget-border, currentColor); }
h1, h2 { font-size: 1.5em; font-weight: 600; margin: 1em 0 0.3em; border-left: 4px solid transparent; padding-left: 0.5em; }
h1.error, h2.error { border-color: var(--vscode-editorError-foreground); }
h1.warning, h2.warning { border-color: var(--vscode-editorWarning-foreground); }
h1.information, h2.information { border-color: var(--vscode-editorInfo-foreground); }
h3 { font-size: 1.1em; font-weight: 600; margin: 1.2em 0 0.3em; }
li { margin: 0.4em 0; overflow-wrap: anywhere; }
code, pre { font-family: var(--vscode-editor-font-family, monospace); }
pre { background: var(--vscode-textCodeBlock-background); padding: 0.5em; white-space: pre-wrap; margin: 0.5em 0; }
a { color: var(--vscode-textLink-foreground); }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
a.button { display: inline-block; padding: 0.25em 0.8em; text-decoration: none; color: var(--vscode-button-foreground); background: var(--vscode-button-background); border: 1px solid var(--vscode-button-border, transparent); border-radius: 2px; }
.sure, .from { color: var(--vscode-descriptionForeground); margin: 0.2em 0; }
.mark { display: inline-block; width: 1.2em; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;
