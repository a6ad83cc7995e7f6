import { CERTAIN, LIKELY, type Case, type Cause, type Judgement } from './cause';
import { CAUSES } from './causes';
import type { Confidence, Evidence, Finding } from './finding';
import type { Symptom } from './symptom';

interface Judged {
  readonly cause: Cause;
  readonly judgement: Judgement;
}

/**
 * Explains a failure: every cause judges the case, those that explain the same symptom compete by weight, the best of each becomes a
 * finding and the others are named as also possible, unless the best is proven. Findings come in the order of their first symptom, since
 * the first real error makes the others.
 */
export function explain(kase: Case): readonly Finding[] {
  const judged = judgeAll(kase);
  // What the text alone would allow, and the facts do not.
  const byText = kase.facts === undefined ? judged : judgeAll({ ...kase, facts: undefined });
  const bySymptom = new Map<Symptom, readonly Judged[]>();
  for (const one of judged) {
    const symptom = one.judgement.symptom;
    bySymptom.set(symptom, [...(bySymptom.get(symptom) ?? []), one]);
  }
  const findings = [...bySymptom.values()].map((competitors) => toFinding(competitors, byText, kase.symptoms));
  return withoutGuesses(findings).sort(byImportance);
}

function judgeAll(kase: Case): readonly Judged[] {
  return CAUSES.flatMap((cause): readonly Judged[] => {
    const judgement = cause.judge(kase);
    return judgement === undefined ? [] : [{ cause, judgement }];
  });
}

/** A guess is said only where nothing better explains the failure: it is a later echo of the same one. */
function withoutGuesses(findings: readonly Finding[]): Finding[] {
  const isKnown = findings.some(({ severity, confidence }) => severity === 'error' && confidence !== 'possible');
  return findings.filter(({ confidence }) => !isKnown || confidence !== 'possible');
}

function toFinding(competitors: readonly Judged[], byText: readonly Judged[], symptoms: readonly Symptom[]): Finding {
  const [best, ...others] = [...competitors].sort((a, b) => b.judgement.weight - a.judgement.weight);
  if (best === undefined) throw new RangeError('a finding needs a judgement');
  const { cause, judgement } = best;
  const { symptom, weight } = judgement;
  const possible = weight >= CERTAIN ? [] : alternatives(cause.key, others);
  const fitting = byText.filter((one) => one.judgement.symptom === symptom);
  const still = [cause.key, ...possible.map((one) => one.cause)];
  return {
    cause: cause.key,
    confidence: confidence(weight),
    severity: judgement.severity ?? 'error',
    title: judgement.title,
    explanation: judgement.explanation,
    decidedBy: cause.decidedBy,
    evidence: [
      { source: symptom.source, line: symptom.line, text: symptom.text },
      ...notesTo(symptom, symptoms),
      ...(judgement.evidence ?? []),
    ],
    remedies: judgement.remedies ?? [],
    alsoPossible: possible,
    ruledOut: alternatives(cause.key, [...others, ...fitting]).filter((one) => !still.includes(one.cause)),
  };
}

/** More would hide the message itself. */
const MOST_NOTES = 3;

/** What the compiler adds below its message, up to its next one. */
function notesTo({ line, source }: Symptom, symptoms: readonly Symptom[]): readonly Evidence[] {
  if (source !== 'output') return [];
  const below = symptoms.filter((one) => one.source === 'output' && one.line > line);
  const end = below.find(({ text }) => /(?:error|warning|错误|警告)\s?[:：]/.test(text))?.line ?? Infinity;
  const notes = below.filter((one) => one.kind === 'note' && one.line < end).slice(0, MOST_NOTES);
  return notes.map((one) => ({ source: one.source, line: one.line, text: one.text }));
}

/** The other causes of the same symptom, each key once, the likeliest first. */
function alternatives(key: string, others: readonly Judged[]): Finding['alsoPossible'] {
  const byKey = new Map([...others].reverse().map(({ cause }) => [cause.key, cause.decidedBy]));
  return [...byKey].reverse().flatMap(([cause, decidedBy]) => (cause === key ? [] : [{ cause, decidedBy }]));
}

function confidence(weight: number): Confidence {
  if (weight >= CERTAIN) return 'certain';
  return weight >= LIKELY ? 'likely' : 'possible';
}

const SEVERITY_ORDER = { error: 0, warning: 1, information: 2 } as const;

function byImportance(a: Finding, b: Finding): number {
  return SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] || firstLine(a) - firstLine(b);
}

/** Findings of host checks (line 0) come after what make itself said first. */
function firstLine(finding: Finding): number {
  const line = finding.evidence[0]?.line ?? 0;
  return line === 0 ? Number.MAX_SAFE_INTEGER : line;
}
