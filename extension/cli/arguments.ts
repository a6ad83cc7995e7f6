import { parseArgs } from 'node:util';
import { message, type Message } from '../core/message';
import { MessageError } from '../core/messageError';

/** A wrong use of the command line. */
export class UsageError extends MessageError {
  override readonly name = 'UsageError';
}

/** One option, as parseArgs of node:util takes it, with what the help says of it. */
export interface Option {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  /** What stands for its value in the help: `FILE`. */
  readonly value?: string;
  readonly about: Message;
}

export type Options = Readonly<Record<string, Option>>;

/** What was written on the command line. */
export interface Parsed<T extends Options> {
  readonly values: ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>['values'];
  readonly operands: readonly string[];
}

/** Whether the help of a command is asked for; what follows `--` are operands. */
export function asksHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((one) => one === '--help' || one === '-h');
}

/** Parses a command's arguments. Throws a {@link UsageError} that says what is wrong. */
export function parseArguments<const T extends Options>(
  args: readonly string[],
  { options, operands = '' }: { readonly options: T; readonly operands?: string },
): Parsed<T> {
  const { values, positionals } = parsed(args, options);
  const most = operands.endsWith('…') ? Infinity : operands === '' ? 0 : 1;
  const extra = positionals[most];
  if (extra !== undefined) throw new UsageError(message('“{argument}” is one argument too many', { argument: extra }));
  return { values, operands: positionals };
}

function parsed<const T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(problemOf(error, options), { cause: error });
  }
}

/** In our own words: Node's are English, and several lines. */
function problemOf(error: unknown, options: Options): Message {
  const words = error instanceof Error ? error.message : String(error);
  const [, option = '?'] = /'(?:-\w, )?(-[^' ]*)/.exec(words) ?? [];
  const known = Object.hasOwn(options, option.replace(/^--/, '')) ? options[option.replace(/^--/, '')] : undefined;
  if (known === undefined) return message('there is no option {option}', { option });
  if (known.type === 'boolean') return message('{option} takes no value', { option });
  return message('{option} needs a value; one that begins with “-” is written {option}=VALUE', { option });
}
