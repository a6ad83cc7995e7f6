// For each cause: outputs that it explains, with the finding that the engine makes of them.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asFacts, type Facts } from '../../../extension/core/facts';
import { explain } from '../../../extension/core/explain/engine';
import type { Finding } from '../../../extension/core/explain/finding';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';
import { root } from '../project';
import { WRITTEN } from './written';

export interface Example {
  readonly output: string;
  /** Said by real tools in test/causes, not written down for the page. */
  readonly isRecorded: boolean;
  readonly finding: Finding;
  /** What the text alone, without the facts of the host, leaves open. */
  readonly alternatives: Finding['alsoPossible'];
}

interface Sample {
  readonly cause: string;
  readonly output: string;
  readonly facts: Facts | undefined;
  readonly isRecorded: boolean;
}

const FIXTURES = join(root, 'test/fixtures/explain');

/** The examples of each cause, those that are proven first. */
export function examples(): ReadonlyMap<string, readonly Example[]> {
  const found = new Map<string, readonly Example[]>();
  for (const sample of [...recorded(), ...written()]) {
    const example = exampleOf(sample);
    if (example !== undefined) found.set(sample.cause, [...(found.get(sample.cause) ?? []), example]);
  }
  return new Map([...found].map(([cause, list]) => [cause, list.toSorted(byConfidence)]));
}

const ORDER = { certain: 0, likely: 1, possible: 2 } as const;
const byConfidence = (a: Example, b: Example): number => ORDER[a.finding.confidence] - ORDER[b.finding.confidence];

/** The kept outputs; a file is named by its cause and a variant. */
function recorded(): readonly Sample[] {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.txt'));
  return names.sort().map((name) => {
    const facts = join(FIXTURES, name.replace(/\.txt$/, '.facts.json'));
    return {
      cause: name.split('.')[0] ?? name,
      output: readFileSync(join(FIXTURES, name), 'utf8'),
      facts: existsSync(facts) ? asFacts(JSON.parse(readFileSync(facts, 'utf8'))) : undefined,
      isRecorded: true,
    };
  });
}

function written(): readonly Sample[] {
  return Object.entries(WRITTEN).map(([cause, output]) => ({ cause, output, facts: undefined, isRecorded: false }));
}

function exampleOf({ cause, output, facts, isRecorded }: Sample): Example | undefined {
  const symptoms = readSymptoms(output);
  const explained = (known: Facts | undefined): readonly Finding[] =>
    explain({ symptoms, facts: known, wanted: undefined, makefile: undefined });
  const finding = explained(facts).find((one) => one.cause === cause);
  if (finding === undefined) return undefined;
  const line = finding.evidence[0]?.line;
  const byText = explained(undefined).find(({ evidence }) => evidence[0]?.line === line) ?? finding;
  const open = [...byText.alsoPossible, ...byText.ruledOut, ...finding.ruledOut];
  const alternatives = [...new Map(open.map((one) => [one.cause, one])).values()];
  return { output, isRecorded, finding, alternatives: alternatives.filter((one) => one.cause !== cause) };
}
