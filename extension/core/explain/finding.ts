import type { Message } from '../message';
import type { TextEdit } from '../text';

/** How sure a finding is: proven by facts, the best reading of the text, or one of several that fit. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** A line that proves a finding. `line` counts from 1 in the text named by `source`; 0 for a fact of the host. */
export interface Evidence {
  readonly source: 'output' | 'makefile' | 'host';
  readonly line: number;
  readonly text: string;
}

/** What the user can do. Data only: nothing runs before it was shown, and each says how to undo it. */
export type Remedy = EditRemedy | CommandRemedy | TargetRemedy | LinkRemedy;

interface RemedyBase {
  readonly title: Message;
  /** How to take it back. Absent when it changes nothing. */
  readonly undo?: Message;
}

export interface EditRemedy extends RemedyBase {
  readonly kind: 'edit';
  /** Absolute path of the file. */
  readonly file: string;
  readonly edits: readonly TextEdit[];
}

export interface CommandRemedy extends RemedyBase {
  readonly kind: 'command';
  /** Argument lists, run one after the other; never a shell text. */
  readonly commands: readonly (readonly string[])[];
  /** They need root. */
  readonly privileged: boolean;
  /** They run in the directory of the module's source; anywhere when absent. */
  readonly inSource?: true;
  /** What to know before running them: closed repositories, packages that bring another release. */
  readonly notes?: readonly Message[];
}

/** Builds for another kernel from now on, without touching the Makefile. */
export interface TargetRemedy extends RemedyBase {
  readonly kind: 'target';
  readonly release: string;
}

export interface LinkRemedy extends RemedyBase {
  readonly kind: 'link';
  readonly url: string;
}

/** Another cause that fits the same text, and the fact that decides. */
export interface Alternative {
  readonly cause: string;
  readonly decidedBy: Message;
}

/** One explained failure. `cause` is a stable key; `family` names the file that explains it. */
export interface Finding {
  readonly cause: string;
  readonly confidence: Confidence;
  readonly severity: 'error' | 'warning' | 'information';
  readonly title: Message;
  readonly explanation: Message;
  /** The fact that tells this cause from others of the same text. */
  readonly decidedBy: Message;
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
  readonly alsoPossible: readonly Alternative[];
  /** Causes that the text would allow and that the facts, or better proof, rule out; each with the fact that would have shown it. */
  readonly ruledOut: readonly Alternative[];
}
