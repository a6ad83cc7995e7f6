// The causes that test/causes provokes for real, by what the tools said there. Renewed by: TOA_DOCTOR_UPDATE=1, see CONTRIBUTING.md.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../extension/core/explain/engine';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';
import { asFacts, type Facts } from '../../../extension/core/facts';

const FIXTURES = join(__dirname, '../../fixtures/explain');
const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.txt'));
const causeOf = (name: string): string => name.split('.')[0] ?? name;

function explained(name: string, facts?: Facts) {
  const symptoms = readSymptoms(readFileSync(join(FIXTURES, name), 'utf8'));
  return explain({ symptoms, facts, wanted: undefined, makefile: undefined });
}

function factsOf(name: string): Facts | undefined {
  const path = join(FIXTURES, name.replace(/\.txt$/, '.facts.json'));
  return existsSync(path) ? asFacts(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

describe('what the tools said, provoked for real', () => {
  it('is of 45 causes at least', () => {
    expect(new Set(names.map(causeOf)).size).toBeGreaterThan(45);
  });

  it.each(names)('%s', (name) => {
    const facts = factsOf(name);
    const alone = explained(name).filter(({ severity }) => severity !== 'information');
    if (causeOf(name) === 'clean') {
      expect(alone).toEqual([]);
      return;
    }
    if (facts === undefined) {
      expect(alone[0]?.cause).toBe(causeOf(name));
      return;
    }
    expect(explained(name, facts)[0]).toMatchObject({ cause: causeOf(name), confidence: 'certain' });
    // Without the facts the text has other causes too, and this one is among them.
    expect([alone[0]?.cause, ...(alone[0]?.alsoPossible ?? []).map(({ cause }) => cause)]).toContain(causeOf(name));
  });
});
