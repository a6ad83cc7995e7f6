import { message, type Message } from '../core/message';
import { MessageError } from '../core/messageError';

/** The two streams of a command's output. */
export type Stream = 'stdout' | 'stderr';

/** What to run: an argument list, never a shell text. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly cwd?: string;
  /** Added to the host's environment; `LC_ALL=C` is always set. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Milliseconds until the whole process group is ended. */
  readonly timeout?: number;
  /**
   * Bytes kept of each stream in the result: half of it from the beginning, half from the end; what lies between is counted,
   * not kept. Streaming to `onOutput` goes on.
   */
  readonly outputLimit?: number;
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string, stream: Stream) => void;
}

/** How a command ended. A command that ran and failed is a result, not an exception. */
export interface CommandResult {
  /** `exited` with `code`; the others have no code. `not-started` and `lost`, a broken connection, say why in `reason`. */
  readonly outcome: 'exited' | 'signalled' | 'timed-out' | 'cancelled' | 'not-started' | 'lost';
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly reason: Message | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Bytes of output that the limit dropped. */
  readonly dropped: number;
}

/** How a command ended, without what it printed. */
export type Ending = Pick<CommandResult, 'outcome' | 'code' | 'signal' | 'reason'>;

/** An ending without an exit code. */
export function withoutCode(outcome: 'timed-out' | 'cancelled' | 'not-started' | 'lost', reason?: Message): Ending {
  return { outcome, code: undefined, signal: undefined, reason };
}

export type FileError =
  'not-found' | 'not-permitted' | 'too-large' | 'is-directory' | 'no-space' | 'exists' | 'changed' | 'lost' | 'other';

/** A file operation that failed: which, where, and why: the system's own words, or ours. */
export class HostFileError extends MessageError {
  override readonly name = 'HostFileError';
  constructor(
    readonly problem: FileError,
    readonly path: string,
    readonly why: Message | string,
  ) {
    super(message('{path}: {why}', { path, why }));
  }
}

/** A file beyond the limit in bytes, of which nothing is read. */
export function tooLarge(path: string, limit: number): HostFileError {
  return new HostFileError('too-large', path, message('it is larger than {limit} bytes', { limit }));
}

/** What is known of a file, links followed. */
export interface FileStat {
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Bytes. */
  readonly size: number;
  readonly directory: boolean;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Where a link leads, when the host told. */
  readonly target?: 'file' | 'directory';
}

/** What a question that has no answer rejects with: a script of ours that did not come to its end. */
export function unanswered({ name }: Host, { reason, outcome }: CommandResult): MessageError {
  return new MessageError(message('{host} did not answer: {reason}', { host: name, reason: reason ?? outcome }));
}

/** Lends a host to `work`; in the end nothing runs on it any more, and the connection to it is closed. */
export async function lend<Lent extends Host, Result>(
  host: Lent,
  work: (host: Lent) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(host);
  } finally {
    await host.dispose();
  }
}

/** A machine where commands run and files lie. No code above knows whether it is this machine or one reached by ssh. */
export interface Host {
  /** For people: `localhost` or the ssh name. */
  readonly name: string;
  /** Runs one command to its end. Never rejects for what the command does; aborting leaves no process behind. */
  run(command: Command): Promise<CommandResult>;
  /** Runs a fixed POSIX sh script with arguments. Values go in as arguments, never into the text. */
  script(text: string, args: readonly string[], options?: Omit<Command, 'argv' | 'stdin'>): Promise<CommandResult>;
  /** Reads a whole file. Rejects with {@link HostFileError}; `too-large` beyond `limit` bytes. */
  readFile(path: string, limit: number): Promise<Uint8Array>;
  /** Lists a directory, sorted by name. Rejects with {@link HostFileError}. */
  readDirectory(path: string): Promise<readonly DirectoryEntry[]>;
  /** `undefined` when there is no such file. Rejects with {@link HostFileError} otherwise. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Ends all that still runs; later commands are `cancelled` at once. Settles when nothing is left. */
  dispose(): Promise<void>;
}
