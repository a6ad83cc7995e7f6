import { isRecord } from '../../core/json';

/** A step as the page shows it; every text is in the user's language. */
export interface ShownStep {
  readonly id: string;
  readonly title: string;
  readonly changes: string;
  /** As one would type them. */
  readonly commands: string;
  readonly check?: string | undefined;
  readonly undo?: string | undefined;
  readonly notes: readonly string[];
  /** Why it is not needed, or cannot be done here: it cannot be chosen then. */
  readonly skip?: string | undefined;
}

/** How far a step is; `waiting` until its turn has come. */
export type StepPhase =
  'waiting' | 'running' | 'done' | 'already' | 'skipped' | 'by-hand' | 'failed' | 'cancelled' | 'undone';

export interface StepProgress {
  readonly phase: StepPhase;
  /** Why it failed, in one line. */
  readonly problem?: string | undefined;
  /** What explains the failure: the title of a finding, which can be opened. */
  readonly finding?: string | undefined;
}

/** Whether the module will be there after a reboot into one kernel. */
export interface ShownStay {
  readonly release: string;
  readonly verdict: 'yes' | 'no' | 'unsure';
  readonly reason: string;
}

/** What the page shows; all of it at each change. */
export interface PlanState {
  readonly title: string;
  /** For which kernel, on which host. */
  readonly subtitle: string;
  readonly notes: readonly string[];
  readonly steps: readonly ShownStep[];
  /** The steps can be chosen one by one; a plan that is taken back goes in its order. */
  readonly choosable: boolean;
  /** By the step's id. */
  readonly progress: Readonly<Record<string, StepProgress>>;
  readonly running: boolean;
  /** What happens, or how it ended. */
  readonly summary: string;
  readonly outcome: 'none' | 'good' | 'bad';
  readonly stays: readonly ShownStay[];
}

/** From the page to the extension. */
export type PlanRequest =
  | { readonly type: 'ready' | 'stop' | 'log' }
  | { readonly type: 'run' | 'copy' | 'script'; readonly steps: readonly string[] }
  /** To see why it failed, or to do in a terminal what is left to a person. */
  | { readonly type: 'why' | 'terminal'; readonly step: string };

const PLAIN: readonly unknown[] = ['ready', 'stop', 'log'];
const OF_STEPS: readonly unknown[] = ['run', 'copy', 'script'];
const OF_ONE: readonly unknown[] = ['why', 'terminal'];

/** Checks a message from the page. */
export function isPlanRequest(value: unknown): value is PlanRequest {
  if (!isRecord(value)) return false;
  const { type, steps, step } = value;
  if (PLAIN.includes(type)) return true;
  if (OF_ONE.includes(type)) return typeof step === 'string';
  return OF_STEPS.includes(type) && Array.isArray(steps) && steps.every((one) => typeof one === 'string');
}

/** Checks a message from the extension. */
export function isPlanState(value: unknown): value is PlanState {
  return isRecord(value) && Array.isArray(value['steps']) && isRecord(value['progress']);
}
