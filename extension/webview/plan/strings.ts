import { message, type Translate } from '../../core/message';
import { translateStrings } from '../translateStrings';
import type { StepPhase } from './protocol';

/** Every text of the page of steps. The extension translates them; places in braces are filled in the page. */
export const planStrings = {
  steps: message('Steps'),
  runAll: message('Run {count} Steps'),
  runOne: message('Run 1 Step'),
  undoAll: message('Undo {count} Steps'),
  undoOne: message('Undo 1 Step'),
  stop: message('Stop'),
  script: message('Copy as Script'),
  log: message('Show Log'),
  run: message('Run'),
  runThis: message('Run this step alone: {step}'),
  copy: message('Copy'),
  copyThis: message('Copy the commands: {step}'),
  choose: message('Run it with the others: {step}'),
  check: message('How it is checked'),
  undo: message('How it is undone'),
  why: message('Show Why'),
  terminal: message('Run in Terminal'),
  notNeeded: message('left out'),
  running: message('running…'),
  done: message('done'),
  already: message('done already'),
  skipped: message('skipped'),
  byHand: message('left to you'),
  failed: message('failed'),
  cancelled: message('stopped'),
  undone: message('undone'),
  stays: message('Will it be there after a reboot?'),
  kernel: message('Kernel'),
  answer: message('Answer'),
  reason: message('Reason'),
  yes: message('yes'),
  no: message('no'),
  unsure: message('not sure'),
};

export type PlanString = keyof typeof planStrings;
/** The texts in the user's language, places not yet filled. */
export type PlanStrings = Readonly<Record<PlanString, string>>;

export const translatePlanStrings = (translate: Translate): PlanStrings => translateStrings(planStrings, translate);

/** The word for how far a step is; there is none while it waits. */
export function phaseString(phase: StepPhase): PlanString | undefined {
  if (phase === 'waiting') return undefined;
  return phase === 'by-hand' ? 'byHand' : phase;
}
