import type { Say } from '../message';
import { causePageUrl } from './causePage';
import type { Finding, Remedy } from './finding';

/** A finding as the JSON contract has it: all sentences rendered by `say`. */
export function findingJson(finding: Finding, say: Say): object {
  return {
    cause: finding.cause,
    page: causePageUrl(finding.cause, 'en'),
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

function remedyJson(remedy: Remedy, say: Say): object {
  const { title, undo, ...rest } = remedy;
  return { title: say(title), ...rest, ...(undo === undefined ? {} : { undo: say(undo) }) };
}
