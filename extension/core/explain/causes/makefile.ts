import { message } from '../../message';
import { CERTAIN, hostFact, type Case, type Cause, type Judgement } from '../cause';
import { missingBuild } from '../missingBuild';
import { buildForOther } from '../remedies';
import { firstOf } from '../symptom';

/** The Makefile names a release as text, and that kernel's headers are not there. */
function literalRelease({ makefile, facts, ...kase }: Case): Judgement | undefined {
  const missing = missingBuild({ makefile, facts, ...kase });
  if (missing === undefined || makefile?.literalReleases.includes(missing.release) !== true) return undefined;
  if (facts === undefined || missing.isRunning) return undefined;
  const values = { release: missing.release, running: facts.kernel.release };
  return {
    symptom: missing.symptom,
    weight: CERTAIN + 7,
    title: message('The Makefile is written for {release}; this machine runs {running}', values),
    explanation: message(
      'The release {release} stands in the Makefile as text, and its headers are not on this machine. Let the Makefile take the kernel from a variable, or name a kernel whose headers are there.',
      values,
    ),
    evidence: [hostFact(`uname -r: ${facts.kernel.release}`)],
    remedies: buildForOther(missing, facts),
  };
}

/** Somebody asked for one kernel, and the Makefile took the running one all the same. */
function ignoresTheRequest({ makefile, facts, wanted, symptoms }: Case): Judgement | undefined {
  const symptom = firstOf(symptoms, 'other-kernel') ?? firstOf(symptoms, 'missing-build');
  const taken = symptom?.kind === 'other-kernel' ? symptom.built : symptom?.release;
  if (symptom === undefined || facts === undefined || wanted === undefined || makefile?.usesUname !== true)
    return undefined;
  if (taken !== facts.kernel.release || taken === wanted) return undefined;
  return {
    symptom,
    weight: CERTAIN + 7,
    title: message('The Makefile always takes the running kernel (uname -r), not {wanted}', { wanted }),
    explanation: message(
      'You asked to build for {wanted}, and the Makefile asks uname -r by itself, so it takes {running}. Make the kernel a variable: KVER ?= $(shell uname -r).',
      { wanted, running: facts.kernel.release },
    ),
    evidence: [hostFact(`uname -r: ${facts.kernel.release}`)],
    // Only a plain make is concerned: our own build goes around the recipe.
    severity: symptom.source === 'makefile' ? 'warning' : 'error',
  };
}

const unameHardcoded: Cause = {
  key: 'makefile_uname_r_hardcoded',
  family: 'makefile',
  decidedBy: message(
    'The Makefile or dkms.conf names a release, or uname -r, instead of the kernel that was asked for',
  ),
  judge: (kase) => literalRelease(kase) ?? ignoresTheRequest(kase),
};

export const MAKEFILE_CAUSES: readonly Cause[] = [unameHardcoded];
