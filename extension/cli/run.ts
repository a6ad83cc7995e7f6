import { message } from '../core/message';
import { reasonOf } from '../core/messageError';
import { ProbeError } from '../host/probe';
import { ansibleCommand } from './ansible';
import { buildCommand } from './build';
import { bundleCommand } from './bundle';
import { captureCommand } from './capture';
import { checkHostsCommand } from './checkHosts';
import { asksHelp } from './arguments';
import type { Command } from './command';
import { decodeCommand } from './decode';
import { doctorCommand } from './doctor';
import { explainCommand } from './explain';
import { commandHelp, generalHelp } from './help';
import { STATUS, type Io } from './io';
import { speaker } from './language';
import { mcpCommand } from './mcp';
import { installCommand, planCommand } from './plan';
import { probeCommand } from './probe';
import { uninstallCommand } from './uninstall';
import { verifyCommand } from './verify';

/** In the order of the help. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  doctor: doctorCommand,
  build: buildCommand,
  explain: explainCommand,
  plan: planCommand,
  install: installCommand,
  verify: verifyCommand,
  uninstall: uninstallCommand,
  decode: decodeCommand,
  capture: captureCommand,
  probe: probeCommand,
  bundle: bundleCommand,
  'check-hosts': checkHostsCommand,
  ansible: ansibleCommand,
  mcp: mcpCommand,
};

/** Runs the terminal tool, beside which our own module's source lies in `moduleSource`. Gives the exit status; every error is one line on stderr. */
export async function runCli(argv: readonly string[], io: Io, moduleSource: string): Promise<number> {
  const [verb = '', ...args] = argv;
  const say = await speaker(io.env);
  if (['', '--help', '-h', 'help'].includes(verb)) {
    (verb === '' ? io.stderr : io.stdout).write(generalHelp(COMMANDS, say));
    return verb === '' ? STATUS.usage : STATUS.fine;
  }
  const command = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
  if (command === undefined) {
    io.stderr.write(
      `toa-doctor: ${say(message('there is no command {command}; see toa-doctor --help', { command: verb }))}\n`,
    );
    return STATUS.usage;
  }
  if (asksHelp(args)) {
    io.stdout.write(commandHelp(verb, command, say));
    return STATUS.fine;
  }
  try {
    return await command.run(args, io, moduleSource);
  } catch (error) {
    // Names of files can hold anything.
    const reason = reasonOf(error, say)
      .trimEnd()
      .replace(/\p{Cc}/gu, '?');
    io.stderr.write(`toa-doctor ${verb}: ${reason}\n`);
    return error instanceof ProbeError ? STATUS.unreachable : STATUS.usage;
  }
}
