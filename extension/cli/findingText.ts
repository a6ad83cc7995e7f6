import { causePageUrl } from '../core/explain/causePage';
import type { Finding, Remedy } from '../core/explain/finding';
import type { Say } from '../core/message';
import { shellText } from '../core/shellText';

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
