import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explain } from '../../../extension/core/explain/engine';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';
import type { Message } from '../../../extension/core/message';
import { serverFacts } from '../support/facts';

/** Words that the tools use, to be mixed into lines that none of them ever printed. */
const WORDS = [
  'make[1]: *** ',
  '/lib/modules/',
  '6.1.0-1-amd64',
  '/build',
  ': No such file or directory',
  'error: ',
  'toa',
  '.ko',
  "version magic '",
  "' should be '",
  'Unknown symbol ',
  'undefined!',
  'implicit declaration of function ‘',
  '’',
  'insmod: ERROR: ',
  'Permission denied',
  'Key was rejected by service',
  'CC [M] ',
  'MODPOST',
  ': not found',
  'gcc-12',
  'too few arguments to function ',
  'GLIBC_2.34',
  '(',
  '$',
  '[',
] as const;

const line = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 8 })), { maxLength: 8 })
  .map((parts) => parts.join(''));

/** The places of a sentence that have no value. A value itself may look like a place: it is the user's text. */
const emptyPlaces = ({ text, values }: Message): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).filter((name) => !Object.hasOwn(values, name));

it('any mixture of the tools’ words is explained without a throw, by evidence that is in the text', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.boolean(), (lines, asked) => {
      const output = lines.join('\n');
      const count = output.split('\n').length;
      const facts = asked ? serverFacts('6.1.0-1-amd64') : undefined;
      for (const { title, explanation, evidence } of explain({
        symptoms: readSymptoms(output),
        facts,
        wanted: undefined,
        makefile: undefined,
      })) {
        expect(emptyPlaces(title)).toEqual([]);
        expect(emptyPlaces(explanation)).toEqual([]);
        for (const one of evidence) expect(one.line).toBeLessThanOrEqual(count);
      }
    }),
    { numRuns: 500 },
  );
});
