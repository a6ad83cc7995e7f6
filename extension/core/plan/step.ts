import type { Message } from '../message';
import { shellText } from '../shellText';

type Argv = readonly [string, ...string[]];

/** What a step runs: an argument list, or a fixed sh script with arguments. Values are never part of a script's text. */
export interface Action {
  readonly argv: Argv;
  /** Given to `sh -s` on its standard input. */
  readonly script?: string;
  readonly directory?: string;
  /** Given in base64 on its standard input, in the place of a script. */
  readonly input?: Input;
}

export interface Input {
  /** For people: the file it is from. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Runs a program. */
export function command(argv: Argv, directory?: string): Action {
  return directory === undefined ? { argv } : { argv, directory };
}

/** Runs a fixed script of `scripts/` with arguments. */
export function script(text: string, args: readonly string[]): Action {
  return { argv: ['sh', '-s', '--', ...args], script: text };
}

/** One step of a plan: plain data, shown before anything runs. */
export interface Step {
  /** Stable within a plan, and across plans for the same thing: the journal knows a step by it. */
  readonly id: string;
  readonly title: Message;
  /** Run in this order, until one fails. */
  readonly actions: readonly Action[];
  /** Only a person can do it: a password at the console, a reboot. */
  readonly byHand?: boolean;
  /** What it changes, in words. */
  readonly changes: Message;
  /** Files and directories that it makes or changes; they are kept before it runs and put back by its undo. */
  readonly paths: readonly string[];
  /** It installs packages: those that it brought are removed by its undo. */
  readonly installs?: PackageFormat;
  /** Ends with status 0 when the step is done. Without one, the step's own status tells. */
  readonly check?: Action;
  /** Takes back what {@link paths} do not cover. It does nothing, with status 0, where there is nothing to take back. */
  readonly undo?: Action;
  readonly needsRoot: boolean;
  /** Why it is not needed, or cannot be done here; it is shown and passed over. */
  readonly skip?: Message | undefined;
  /** Why it has this form, where a vendor's guide has another, and what to know before. */
  readonly notes: readonly Message[];
}

export type PackageFormat = 'deb' | 'rpm' | 'apk' | 'pacman';

/** A way to get the module: what is done, in order, or why it cannot be. */
export interface Plan {
  readonly title: Message;
  /** The kernel that it is for. */
  readonly release: string;
  readonly steps: readonly Step[];
  /** Why nothing can be done; there are no steps then. */
  readonly refused?: Message;
  /** What holds for all of it. */
  readonly notes: readonly Message[];
}

/** The plan where nothing can be done. */
export function refusedPlan(title: Message, release: string, refused: Message): Plan {
  return { title, release, steps: [], refused, notes: [] };
}

/** Characters of an argument that are shown; the file of a source package has thousands. */
const SHOWN = 240;

/** An action as one would type it, for copying: nothing is left out but the bytes of a file, which is named. */
export function copyText(action: Action): string {
  return textOf(action, action.argv);
}

/** The same for reading: of a long argument only its beginning is shown, and of how many characters it is, in any language. */
export function shownText(action: Action): string {
  const argv = action.argv.map((argument) =>
    argument.length > SHOWN ? `${firstLine(argument)}… (${argument.length})` : argument,
  );
  return textOf(action, argv);
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 40);
}

function textOf({ script: text, directory, input }: Action, argv: readonly string[]): string {
  const from = input === undefined ? '' : ` <${shellText([input.name])}`;
  const line = `${directory === undefined ? '' : `cd ${shellText([directory])} && `}${shellText(argv)}${from}`;
  return text === undefined ? line : `${line} <<'END'\n${text.trimEnd()}\nEND`;
}
