import type { Evidence } from './finding';
import type { Said, SignName } from './signs';

interface Seen {
  /** Where it was seen: counted from 1 in the output, or 0 for what a check of the host found. */
  readonly line: number;
  readonly text: string;
  readonly source: Evidence['source'];
}

/** A kernel build directory that a tool looked for and did not find. */
export interface MissingBuild extends Seen {
  readonly kind: 'missing-build';
  readonly path: string;
  /** The release the path names; absent when it names none. */
  readonly release: string | undefined;
}

/** A directory that make entered and that has no kernel Makefile. */
export interface EmptyBuild extends Seen {
  readonly kind: 'empty-build';
  readonly path: string;
  readonly release: string | undefined;
}

export interface CommandMissing extends Seen {
  readonly kind: 'command-missing';
  /** The command as it was called: `gcc-12`, `/usr/bin/gcc`, `x86_64-linux-gnu-gcc-12`. */
  readonly command: string;
}

/** The kernel compared two vermagic texts and refused the module. */
export interface VermagicRefused extends Seen {
  readonly kind: 'vermagic';
  readonly module: string | undefined;
  readonly built: string;
  readonly running: string;
}

/** make exited 0, and the module it left is for another kernel than the one that was asked for. */
export interface OtherKernel extends Seen {
  readonly kind: 'other-kernel';
  readonly module: string;
  /** The whole vermagic of the module. */
  readonly vermagic: string;
  readonly built: string;
  readonly wanted: string;
  /** This run of make did not write the module: it was there before. */
  readonly stale: boolean;
}

/** A build directory whose tree is for another kernel than its name says; make has not run yet. */
export interface WrongTree extends Seen {
  readonly kind: 'wrong-tree';
  readonly built: string;
  readonly wanted: string;
}

/** A file or directory that the user may not read or write. */
export interface NotPermitted extends Seen {
  readonly kind: 'not-permitted';
}

export interface DiskFull extends Seen {
  readonly kind: 'disk-full';
}

/** A line that some tool calls an error. The first one is what a failure without a known cause is reported by. */
export interface ErrorLine extends Seen {
  readonly kind: 'error-line';
}

export interface Compiled extends Seen {
  readonly kind: 'compiled';
  readonly object: string;
}

/** What the compiler adds to the message above it: where a macro was used, where a function is declared. */
export interface Note extends Seen {
  readonly kind: 'note';
}

export interface Linked extends Seen {
  readonly kind: 'linked';
}

/** The header package that somebody asked for is not offered. */
export interface PackageMissing extends Seen {
  readonly kind: 'package-missing';
  readonly package: string;
}

/** What one line says by a row of the tables of signs. */
export interface SaidSymptom extends Seen, Said {}

/** What one line of output, or one check of the host, says. Causes are judged by these, never by raw text. */
export type Symptom =
  | MissingBuild
  | EmptyBuild
  | CommandMissing
  | VermagicRefused
  | OtherKernel
  | WrongTree
  | NotPermitted
  | DiskFull
  | ErrorLine
  | Compiled
  | Linked
  | Note
  | PackageMissing
  | SaidSymptom;

/** The first symptom of a kind, in the order of the output. */
export function firstOf<Kind extends Symptom['kind']>(
  symptoms: readonly Symptom[],
  kind: Kind,
): Extract<Symptom, { kind: Kind }> | undefined {
  return symptoms.find((symptom): symptom is Extract<Symptom, { kind: Kind }> => symptom.kind === kind);
}

/** The first symptom that says one of these signs, in the order of the output. */
export function firstSaid(symptoms: readonly Symptom[], ...signs: readonly SignName[]): SaidSymptom | undefined {
  return allSaid(symptoms, ...signs)[0];
}

/** All symptoms that say one of these signs. */
export function allSaid(symptoms: readonly Symptom[], ...signs: readonly SignName[]): readonly SaidSymptom[] {
  return symptoms.filter((symptom): symptom is SaidSymptom => symptom.kind === 'said' && signs.includes(symptom.sign));
}
