import type { Message } from '../core/message';
import type { Stay } from '../core/plan/stay';
import { copyText, shownText, type Plan, type Step } from '../core/plan/step';
import type { StepReport } from '../doctor/plan/runPlan';
import { findingJson, findingText } from './io';

type Say = (message: Message) => string;

/** A plan for people: each step with its command, what it changes, and how it is taken back. */
export function planText(plan: Plan, say: Say): string {
  const head = `${say(plan.title)} (${plan.release})\n`;
  if (plan.refused !== undefined) return `${head}error: ${say(plan.refused)}\n`;
  const notes = plan.notes.map((note) => `! ${say(note)}\n`).join('');
  return `${head}${notes}${plan.steps.map((step, index) => stepText(step, index + 1, say)).join('')}`;
}

function stepText(step: Step, number: number, say: Say): string {
  const head = `\n${number}. ${say(step.title)}  [${step.id}]\n`;
  if (step.skip !== undefined) return `${head}   = ${say(step.skip)}\n`;
  const sign = step.needsRoot ? '# ' : '$ ';
  const commands = step.actions.map((action) => indented(sign + shownText(action))).join('');
  const undo = step.undo === undefined ? '' : indented(`- ${shownText(step.undo)}`);
  const notes = step.notes.map((note) => indented(`! ${say(note)}`)).join('');
  return `${head}${commands}${indented(`> ${say(step.changes)}`)}${undo}${notes}`;
}

function indented(text: string): string {
  return `   ${text.replaceAll('\n', '\n   ')}\n`;
}

export function planJson(plan: Plan, say: Say): object {
  return {
    title: say(plan.title),
    release: plan.release,
    refused: plan.refused && say(plan.refused),
    notes: plan.notes.map(say),
    steps: plan.steps.map((step) => stepJson(step, say)),
  };
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

export function stayText(stays: readonly Stay[], say: Say): string {
  return stays.map(({ release, verdict, reason }) => `${release}: ${verdict}: ${say(reason)}\n`).join('');
}
