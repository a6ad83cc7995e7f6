import { causePageUrl } from '../core/explain/causePage';
import { message, type Message, type Say } from '../core/message';
import type { Stay } from '../core/plan/stay';
import { TOLD_HERE_ALONE, type Link, type Verdict } from '../core/verify/chain';
import { staticDocument } from './document';
import { escape } from './escape';

/** What the page shows, and how it says it. */
export interface VerdictPage {
  readonly verdict: Verdict;
  /** The service's port. */
  readonly port: number;
  readonly host: string;
  readonly stays: readonly Stay[];
  readonly say: Say;
  /** Random for each page; letters and digits. */
  readonly nonce: string;
  /** Language of the texts, like `en` or `zh-cn`. */
  readonly language: string;
}

/** Commands that the page's links run; the first is given the port. */
export const VERDICT_COMMANDS = ['toa.verify', 'toa.capture', 'toa.install'] as const;

/** The page of "TOA: Verify Client Address…": the result in one sentence, each link of the chain with its proof, and what stays after a reboot. It has no script; every value is escaped. */
export function verdictPage({ verdict, port, host, stays, say, nonce, language }: VerdictPage): string {
  const { conclusion, links, cause } = verdict;
  const severity = cause !== undefined ? 'error' : links.every(({ state }) => state === 'holds') ? 'fine' : 'warning';
  const about = cause === undefined ? '' : ` ${causeName(cause, language)}`;
  const body = `<main>
<p class="from">${escape(say(message('Port {port} of {host}', { port, host })))}${about}</p>
<h1 class="${severity}">${escape(say(conclusion))}</h1>
<p>${actions(verdict, port, say)}</p>
<section><h2 class="part">${escape(say(message('From the load balancer to the application')))}</h2>
<ol>${links.map((link) => `<li>${linkItem(link, say)}</li>`).join('')}</ol></section>
${staysSection(stays, say)}
</main>`;
  return staticDocument({ language, title: say(message('Client address')), body, nonce });
}

function actions({ links }: Verdict, port: number, say: Say): string {
  const [verify, capture, install] = VERDICT_COMMANDS;
  const isLoaded = links.every(({ name, state }) => name !== 'module' || state === 'holds');
  const button = (command: string, text: Message, style = ''): string =>
    `<a class="button${style}" href="command:${command}">${escape(say(text))}</a>`;
  const again = `${verify}?${encodeURIComponent(JSON.stringify([port]))}`;
  return [
    button(again, message('Verify Again')),
    isLoaded
      ? button(capture, message('Capture Handshakes…'), ' secondary')
      : button(install, message('Install Module…'), ' secondary'),
  ].join(' ');
}

function linkItem({ state, title, proof }: Link, say: Say): string {
  const [mark, spoken] = {
    holds: ['✓', message('Holds:')] as const,
    broken: ['✗', message('Broken:')] as const,
    unknown: ['?', message('Not known:')] as const,
  }[state];
  const lines = proof.length === 0 ? '' : `<pre>${proof.map(escape).join('\n')}</pre>`;
  return `<span class="mark ${state}" aria-hidden="true">${mark}</span><span class="spoken">${escape(say(spoken))}</span> ${escape(say(title))}${lines}`;
}

function staysSection(stays: readonly Stay[], say: Say): string {
  if (stays.length === 0) return '';
  const words = { yes: message('yes'), no: message('no'), unsure: message('not sure') } as const;
  const heads = [message('Kernel'), message('Answer'), message('Reason')];
  const row = ({ release, verdict, reason }: Stay): string =>
    `<tr><td>${escape(release)}</td><td>${escape(say(words[verdict]))}</td><td>${escape(say(reason))}</td></tr>`;
  return `<section><h2 class="part">${escape(say(message('Will it be there after a reboot?')))}</h2>
<table><thead><tr>${heads.map((head) => `<th scope="col">${escape(say(head))}</th>`).join('')}</tr></thead>
<tbody>${stays.map(row).join('')}</tbody></table></section>`;
}

/** With a link to its page, where it has one. */
function causeName(cause: string, language: string): string {
  const name = `<code>${escape(cause)}</code>`;
  return TOLD_HERE_ALONE.has(cause) ? name : `<a href="${escape(causePageUrl(cause, language))}">${name}</a>`;
}
