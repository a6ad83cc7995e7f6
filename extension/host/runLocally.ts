import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Options } from 'execa';
import { CommandOutput } from './commandOutput';
import { withoutCode, type Command, type CommandResult, type Ending } from './host';
import { HAS_GROUPS, endGroup } from './processGroup';
import { StopOrder } from './stopOrder';
import { whyNotStarted } from './whyNotStarted';

/** Milliseconds to wait for output after a command has ended, when a process that it left behind holds the pipe open. */
const DRAIN = 200;

/** Runs a command on this machine to its end; aborting `disposal` ends it like its own signal. Never rejects. */
export async function runLocally(command: Command, disposal: AbortSignal): Promise<CommandResult> {
  const output = new CommandOutput(command);
  const ending = await endingOf(command, output, disposal);
  return { ...ending, ...output.result() };
}

async function endingOf(command: Command, output: CommandOutput, disposal: AbortSignal): Promise<Ending> {
  const [file, ...args] = command.argv;
  // Imported when first needed: loading it takes longer than activating the whole extension may.
  const { execa } = await import('execa');
  const stop = new StopOrder(command.signal ? [command.signal, disposal] : [disposal], command.timeout);
  const refused = stop.given();
  if (refused !== undefined) return withoutCode(refused);
  try {
    const child = execa(file, args, optionsFor(command));
    output.follow(child);
    stop.watch(() => endGroup(child));
    const failure = await Promise.race([finished(child, output), drained(child, output)]);
    await stop.carriedOut;
    output.close(child);
    if (child.pid === undefined) return withoutCode('not-started', await whyNotStarted(failure, file, command.cwd));
    const reason = stop.given();
    return reason === undefined ? naturalEnd(child) : withoutCode(reason);
  } catch (error) {
    return withoutCode('not-started', await whyNotStarted(error, file, command.cwd)); // like a NUL byte in an argument
  } finally {
    stop.withdraw();
  }
}

function optionsFor({ cwd, env, stdin }: Command) {
  return {
    detached: HAS_GROUPS,
    reject: false,
    buffer: false,
    env: { ...env, LC_ALL: 'C' },
    ...(cwd === undefined ? {} : { cwd }),
    ...(stdin === undefined ? { stdin: 'ignore' as const } : { input: stdin }),
  } satisfies Options;
}

/** Settles when the command has ended and all its output is read, with the error when it could not be started. */
async function finished(child: PromiseLike<{ readonly cause?: unknown }>, output: CommandOutput): Promise<unknown> {
  const { cause } = await child;
  // Without a buffer of its own execa does not wait for who else reads.
  await output.ended;
  return cause;
}

/**
 * Settles when the command itself has ended and nothing more came for a while. Time alone would not do: after a pause of our own the
 * timer is due at once, and what the command wrote is still to be read, which happens before a `setImmediate`.
 */
async function drained(child: ChildProcess, output: CommandOutput): Promise<undefined> {
  await once(child, 'exit');
  let before: number;
  do {
    before = output.received;
    await sleep(DRAIN);
    await nextTurn();
  } while (output.received > before);
}

function naturalEnd(child: ChildProcess): Ending {
  const signal = child.signalCode ?? undefined;
  const code = child.exitCode ?? undefined;
  return { outcome: signal === undefined ? 'exited' : 'signalled', code, signal, reason: undefined };
}
