import type { Say } from '../core/message';
import type { Stay } from '../core/plan/stay';
import { copyText, type Plan, type Step } from '../core/plan/step';
import type { StepReport } from '../doctor/plan/runPlan';
import { findingJson } from '../core/explain/findingJson';
import { findingText } from './findingText';

export function planJson(plan: Plan, say: Say): object {
  return {
    title: say(plan.title),
    release: plan.release,
    refused: plan.refused && say(plan.refused),
    notes: plan.notes.map(say),
    steps: plan.steps.map((step) => stepJson(step, say)),
  };
}

/** What a reboot does to the module, for each kernel. */
export function staysJson(stays: readonly Stay[], say: Say): readonly object[] {
  return stays.map((stay) => ({ ...stay, reason: say(stay.reason) }));
}

function stepJson(step: Step, say: Say): object {
  const { id, actions, paths, check, undo, needsRoot, byHand = false } = step;
  return {
    id,
    title: say(step.title),
    commands: actions.map(copyText),
    changes: say(step.changes),
    paths,
    check: check && copyText(check),
    undo: undo && copyText(undo),
    needsRoot,
    byHand,
    skip: step.skip && say(step.skip),
    notes: step.notes.map(say),
  };
}

/** How a step ended, in one line, and what explains a failure. */
export function reportText({ step, state, problem, findings }: StepReport, say: Say): string {
  const why = problem === undefined ? '' : `: ${say(problem)}`;
  const explained = findings.map((finding) => `\n${findingText(finding, say)}`).join('');
  return `${state.padEnd(9)} ${say(step.title)}${why}\n${explained}`;
}

export function reportJson({ step, state, problem, findings }: StepReport, say: Say): object {
  return {
    id: step.id,
    state,
    problem: problem && say(problem),
    findings: findings.map((finding) => findingJson(finding, say)),
  };
}
