import type { Message } from '../core/message';
import { parseArguments, type Options, type Parsed } from './arguments';
import type { Io } from './io';

/** What a command is, for its help and for whoever runs it. */
export interface Described {
  /** What it works on, as its help writes it: `[DIR]`; nothing when absent, any number where it ends with `…`. */
  readonly operands?: string;
  /** What it does, in one line. */
  readonly about: Message;
  readonly options: Options;
  /** Whether its exit status is grep's, as of those that look for clients. */
  readonly likeGrep?: true;
}

export interface Command extends Described {
  /** Gives the exit status; rejects with one clear line. `moduleSource`: the directory with the source of our own module. */
  readonly run: (args: readonly string[], io: Io, moduleSource: string) => Promise<number>;
}

/** A command whose arguments are parsed by what it says of itself. */
export function command<const T extends Options>(
  described: Described & { readonly options: T },
  body: (parsed: Parsed<T>, io: Io, moduleSource: string) => Promise<number>,
): Command {
  return {
    ...described,
    run: (args, io, moduleSource) => body(parseArguments(args, described), io, moduleSource),
  };
}
