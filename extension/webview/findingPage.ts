import { causePageUrl } from '../core/explain/causePage';
import type { Alternative, CommandRemedy, Evidence, Finding, Remedy } from '../core/explain/finding';
import { placeIn } from '../core/explain/place';
import { message, type Message } from '../core/message';
import { shellText } from '../core/shellText';
import { htmlDocument } from './document';
import { escape } from './escape';
import { PAGE_STYLE } from './pageStyle';

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
  const style = `<style nonce="${escape(nonce)}">${PAGE_STYLE}</style>`;
  return htmlDocument({ language, policy, title, style, body: main });
}

type Say = FindingPage['say'];

function article(finding: Finding, index: number, say: Say, language: string): string {
  const heading = index === 0 ? 'h1' : 'h2';
  const part = index === 0 ? 'h2' : 'h3';
  const id = `finding-${index}`;
  return `<article aria-labelledby="${id}">
<${heading} id="${id}" class="${finding.severity}">${escape(say(finding.title))}</${heading}>
<p class="sure">${escape(say(surenessOf(finding)))} <a href="${escape(causePageUrl(finding.cause, language))}"><code>${escape(finding.cause)}</code></a></p>
<p>${escape(say(finding.explanation))}</p>
${section(
  part,
  say(message('What to do')),
  list(
    'ol',
    finding.remedies.map((one, at) => remedyItem(one, index, at, say)),
  ),
)}
${section(
  part,
  say(message('Proof')),
  list(
    'ul',
    finding.evidence.map((one, at) => evidenceItem(one, index, at, say)),
  ),
)}
${section(part, say(message('Checks')), list('ul', checks(finding, say)))}
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

const section = (level: 'h2' | 'h3', title: string, content: string): string =>
  content === '' ? '' : `<section><${level} class="part">${escape(title)}</${level}>${content}</section>`;

/** What was run on the host to decide, as it can be run again. */
const askedSection = (asked: readonly string[], say: Say): string =>
  asked.length === 0
    ? ''
    : section(
        'h2',
        say(message('Asked on the host')),
        `<pre>${asked.map((one) => escape(`$ ${one}`)).join('\n')}</pre>`,
      );

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
