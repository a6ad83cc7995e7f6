import { releaseOfVermagic } from '../../kernel/vermagic';
import { message, type Message } from '../../message';
import { CERTAIN, LIKELY, hostFact, type Case, type Cause, type Judgement } from '../cause';
import { installHeaders, makeClean } from '../remedies';
import { saidCause } from '../said';
import { firstOf, firstSaid, type SaidSymptom, type VermagicRefused } from '../symptom';

const release = (vermagic: string): string => releaseOfVermagic(vermagic) ?? '';

const builtFor = (refused: VermagicRefused | SaidSymptom): string =>
  release(refused.kind === 'vermagic' ? refused.built : (refused.values['built'] ?? ''));

/** make left the objects of another kernel as they were: it linked without compiling, or wrote nothing. */
function staleObjects({ symptoms }: Case): Judgement | undefined {
  const other = firstOf(symptoms, 'other-kernel');
  if (other?.stale === true) {
    return {
      symptom: other,
      weight: CERTAIN + 8,
      title: message('{module} was not rebuilt: it is still the one for {built}', {
        module: other.module,
        built: other.built,
      }),
      explanation: message(
        'make found its old objects good enough and left {module}, which was built for {built} before. Remove them with make clean and build again.',
        { module: other.module, built: other.built },
      ),
      evidence: [hostFact(`vermagic: ${other.vermagic}`)],
      remedies: [makeClean()],
    };
  }
  const refused = firstOf(symptoms, 'vermagic') ?? firstSaid(symptoms, 'vermagic-cut');
  if (refused === undefined || firstOf(symptoms, 'linked') === undefined || firstOf(symptoms, 'compiled') !== undefined)
    return undefined;
  return {
    symptom: refused,
    weight: LIKELY + 30,
    title: message('Old objects were linked again: the module is still for {built}', { built: builtFor(refused) }),
    explanation: message(
      'make printed MODPOST and no CC line, so nothing was compiled: objects of {built} were linked once more. Remove them with make clean and build again.',
      { built: builtFor(refused) },
    ),
    remedies: [makeClean()],
  };
}

const staleBuildArtifacts: Cause = {
  key: 'stale_build_artifacts',
  family: 'load_format',
  decidedBy: message('make prints MODPOST and no "CC [M]" line; after make clean it compiles'),
  judge: staleObjects,
};

function vermagicTitle({ built, running }: VermagicRefused): Message {
  if (release(built) !== release(running)) {
    return message('The module was built for {built}, the kernel is {running}', {
      built: release(built),
      running: release(running),
    });
  }
  // Headers of the right release that were configured anew.
  return message('The module was built for {built} with other settings than the running kernel has', {
    built: release(built),
  });
}

const vermagicMismatch: Cause = {
  key: 'vermagic_mismatch',
  family: 'load_format',
  decidedBy: message('modinfo -F vermagic differs from the running kernel'),
  judge({ symptoms, facts }) {
    const symptom = firstOf(symptoms, 'vermagic');
    if (symptom === undefined) return undefined;
    const values = { built: symptom.built.trim(), running: symptom.running.trim() };
    return {
      symptom,
      weight: LIKELY + 25,
      title: vermagicTitle(symptom),
      explanation: message(
        'The kernel compares the vermagic of the module, “{built}”, with its own, “{running}”, and refuses any difference. Build the module against the headers of the running kernel.',
        values,
      ),
      remedies: installHeaders(release(symptom.running), facts),
    };
  },
};

const vermagicCut = saidCause({
  key: 'vermagic_mismatch',
  family: 'load_format',
  signs: ['vermagic-cut'],
  weight: LIKELY + 25,
  decidedBy: vermagicMismatch.decidedBy,
  title: ({ built = '?' }) => message('The module was built for {built}, and another kernel runs', { built }),
  explanation: message(
    'The kernel compares the vermagic of the module with its own and refuses any difference. Build the module against the headers of the running kernel.',
  ),
  remedies: () => [makeClean()],
});

export const LOAD_FORMAT_CAUSES: readonly Cause[] = [staleBuildArtifacts, vermagicMismatch, vermagicCut];
