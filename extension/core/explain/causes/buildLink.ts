import { message } from '../../message';
import { CERTAIN, LIKELY, hostFact, type Case, type Cause, type Judgement } from '../cause';
import { installHeaders, relink } from '../remedies';
import { firstOf, type OtherKernel } from '../symptom';

/** The build link leads to another kernel's tree: make succeeds and the module is for that kernel. */
function wrongTree({ symptoms, facts }: Case): Judgement | undefined {
  const symptom = firstOf(symptoms, 'other-kernel') ?? firstOf(symptoms, 'wrong-tree');
  if (symptom === undefined || (symptom.kind === 'other-kernel' && symptom.stale)) return undefined;
  const wanted = symptom.wanted;
  const directory = facts?.moduleDirectories.find((one) => one.release === wanted);
  const tree = facts?.trees.find((one) => one.path === directory?.build.path);
  const values = { wanted, built: symptom.built };
  if (facts === undefined || directory === undefined || tree?.release !== symptom.built) {
    return symptom.kind === 'other-kernel' ? forAnotherKernel(symptom) : undefined;
  }
  const link = `${directory.path}/build`;
  return {
    symptom,
    weight: CERTAIN + 5,
    title: message('{link} leads to the headers of {built}, so the module is for {built}, not for {wanted}', {
      ...values,
      link,
    }),
    explanation: message(
      'The folder is named {wanted}, and UTS_RELEASE inside the tree says {built}. Somebody linked the headers of another kernel, as some guides advise: make succeeds, and the kernel {wanted} refuses the module.',
      values,
    ),
    evidence: [
      hostFact(`${link} -> ${directory.build.target ?? tree.path}`),
      hostFact(`${tree.path}: UTS_RELEASE "${symptom.built}"`),
    ],
    remedies: [...relink(directory, facts), ...installHeaders(wanted, facts)],
  };
}

function forAnotherKernel(symptom: OtherKernel): Judgement {
  const values = { module: symptom.module, built: symptom.built, wanted: symptom.wanted };
  return {
    symptom,
    weight: LIKELY + 30,
    title: message('{module} is for {built}, not for {wanted}', values),
    explanation: message('make succeeded, and it took the headers of {built} where {wanted} was meant.', values),
    evidence: [hostFact(`vermagic: ${symptom.vermagic}`)],
  };
}

const linkedToOtherTree: Cause = {
  key: 'headers_version_mismatch',
  family: 'headers',
  decidedBy: message('UTS_RELEASE in build/include/generated/utsrelease.h differs from the name of the directory'),
  judge: wrongTree,
};

export const BUILD_LINK_CAUSES: readonly Cause[] = [linkedToOtherTree];
