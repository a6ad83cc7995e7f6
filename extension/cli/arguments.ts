import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './io';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses a command's arguments, or rejects with one line that says what is wrong. */
export function parseArguments<const T extends Options>(
  args: readonly string[],
  options: T,
): {
  readonly values: ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>['values'];
  readonly positional: string | undefined;
} {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 1) throw new UsageError(`one argument at most, got ${positionals.length}`);
    return { values, positional: positionals[0] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(why.replaceAll('\n', ' ')); // Node's explanations can have several lines
  }
}
