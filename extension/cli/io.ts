import { render, type Message } from '../core/message';
import type { Finding, Remedy } from '../core/explain/finding';
import { shellText } from '../core/shellText';
import chinese from '../l10n/bundle.l10n.zh-cn.json';

/** What a command of the terminal tool reads and writes; `process` fits. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Exit statuses of every command but `decode`. */
export const STATUS = { fine: 0, findings: 1, usage: 2, unreachable: 3 } as const;

/** A wrong use of the command line: one line for stderr. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Renders messages in the language of the terminal: Simplified Chinese when the locale says so, else English. */
export function speaker(env: Io['env']): (message: Message) => string {
  // An empty variable counts as none: locale(7).
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean) ?? '';
  const bundle: Readonly<Record<string, string>> = /^zh([_.-](CN|SG|Hans)|$)/i.test(locale) ? chinese : {};
  return (message) => render(message, (english) => bundle[english] ?? english);
}

/** A finding as the JSON contract has it: all sentences rendered. */
export function findingJson(finding: Finding, say: (message: Message) => string): object {
  return {
    cause: finding.cause,
    confidence: finding.confidence,
    severity: finding.severity,
    title: say(finding.title),
    explanation: say(finding.explanation),
    evidence: finding.evidence,
    remedies: finding.remedies.map((remedy) => remedyJson(remedy, say)),
    alsoPossible: finding.alsoPossible.map(({ cause, decidedBy }) => ({ cause, decidedBy: say(decidedBy) })),
    ruledOut: finding.ruledOut.map(({ cause, decidedBy }) => ({ cause, decidedBy: say(decidedBy) })),
  };
}

function remedyJson(remedy: Remedy, say: (message: Message) => string): object {
  const { title, undo, ...rest } = remedy;
  return { title: say(title), ...rest, ...(undo === undefined ? {} : { undo: say(undo) }) };
}

/** A finding for people: what, why, the proof, what to do. */
export function findingText(finding: Finding, say: (message: Message) => string): string {
  const evidence = finding.evidence.map(({ line, text }) => `    ${line > 0 ? `${line}: ` : '- '}${text}`);
  const remedies = finding.remedies.flatMap((remedy) => remedyLines(remedy, say));
  const others = finding.alsoPossible.map(({ cause, decidedBy }) => `    ? ${cause}: ${say(decidedBy)}`);
  return [
    `${finding.severity}: ${say(finding.title)}  [${finding.cause}, ${finding.confidence}]`,
    `  ${say(finding.explanation)}`,
    ...evidence,
    ...remedies,
    ...others,
    '',
  ].join('\n');
}

function remedyLines(remedy: Remedy, say: (message: Message) => string): readonly string[] {
  const head = `  -> ${say(remedy.title)}`;
  switch (remedy.kind) {
    case 'command':
      return [head, ...remedy.commands.map((argv) => `     ${remedy.privileged ? '# ' : '$ '}${shellText(argv)}`)];
    case 'link':
      return [head, `     ${remedy.url}`];
    case 'edit':
    case 'target':
      return [head];
  }
}

/** Writes JSON the way other programs like it: indented, with a final newline. */
export function writeJson(io: Io, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
