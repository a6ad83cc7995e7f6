import type { Say } from '../message';
import type { Stay } from './stay';
import { shownText, type Plan, type Step } from './step';

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

/** Which kernels will have the module after a reboot, one in each line. */
export function stayText(stays: readonly Stay[], say: Say): string {
  return stays.map(({ release, verdict, reason }) => `${release}: ${verdict}: ${say(reason)}\n`).join('');
}
