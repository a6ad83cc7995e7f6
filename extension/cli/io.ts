import type { Say } from '../core/message';
import { causePageUrl } from '../core/explain/causePage';
import type { Finding, Remedy } from '../core/explain/finding';
import { shellText } from '../core/shellText';

/** What a command of the terminal tool reads and writes; `process` fits. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Exit statuses of every command but `decode`. */
export const STATUS = { fine: 0, findings: 1, usage: 2, unreachable: 3 } as const;

/** A finding for people: what, why, the proof, what to do. */
export function findingText(finding: Finding, say: Say): string {
  const evidence = finding.evidence.map(({ line, text }) => `    ${line > 0 ? `${line}: ` : '- '}${text}`);
  const remedies = finding.remedies.flatMap((remedy) => remedyLines(remedy, say));
  const others = finding.alsoPossible.map(({ cause, decidedBy }) => `    ? ${cause}: ${say(decidedBy)}`);
  return [
    `${finding.severity}: ${say(finding.title)}  [${finding.cause}, ${finding.confidence}]`,
    `  ${say(finding.explanation)}`,
    ...evidence,
    ...remedies,
    ...others,
    `  ${causePageUrl(finding.cause, 'en')}`,
    '',
  ].join('\n');
}

function remedyLines(remedy: Remedy, say: Say): readonly string[] {
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
