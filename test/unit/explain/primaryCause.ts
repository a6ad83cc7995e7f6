import { explain } from '../../../extension/core/explain/engine';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';

/** The cause that a text alone names first. */
export function primaryCause(output: string): string | undefined {
  return explain({ symptoms: readSymptoms(output), facts: undefined, wanted: undefined, makefile: undefined })[0]
    ?.cause;
}
