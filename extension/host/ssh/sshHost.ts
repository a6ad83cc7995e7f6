import { constants } from 'node:os';
import { message, type Message } from '../../core/message';
import { notStarted, type WhyNotStarted } from '../../core/notStarted';
import { quoteForShell } from '../../core/shellText';
import { CommandOutput } from '../commandOutput';
import { withoutCode, type Command, type CommandResult, type DirectoryEntry, type Ending, type FileStat, type Host } from '../host';
import { StopOrder } from '../stopOrder';
import { Connection, ConnectionError, type SshOptions } from './connection';
import { FarFiles } from './farFiles';
import type { FarEnding, FarRequest, FarShell } from './farShell';
import { Shells } from './shells';

/** A machine reached by the system's ssh that needs nothing but sshd and sh. */
export class SshHost implements Host {
  readonly files: FarFiles;
  private readonly connection: Connection;
  /** Apart from each other: what a user's command leaves behind may still write where it wrote before. */
  private readonly forCommands: Shells;
  private readonly forScripts: Shells;
  private readonly disposal = new AbortController();
  private readonly running = new Set<Promise<CommandResult>>();

  constructor(
    readonly name: string,
    options: SshOptions = {},
  ) {
    this.connection = new Connection(name, options);
    this.forCommands = new Shells(this.connection, 5);
    this.forScripts = new Shells(this.connection, 3);
    this.files = new FarFiles((request) => this.forScripts.use((shell) => shell.run(request)), options.patience);
  }

  /** Connects, so that questions are asked now. Rejects with {@link ConnectionError}, or with the reason of `signal`. */
  async connect(signal?: AbortSignal): Promise<void> {
    const stop = AbortSignal.any([this.disposal.signal, ...(signal ? [signal] : [])]);
    await this.forScripts.use(() => Promise.resolve(), stop);
  }

  run(command: Command): Promise<CommandResult> {
    return this.remember(this.runOn(this.forCommands, command));
  }

  script(text: string, args: readonly string[], options: Omit<Command, 'argv' | 'stdin'> = {}): Promise<CommandResult> {
    return this.remember(this.runOn(this.forScripts, { ...options, argv: ['sh', '-c', text, 'sh', ...args] }));
  }

  readFile(path: string, limit: number): Promise<Uint8Array> {
    return this.files.read(path, limit);
  }

  readDirectory(path: string): Promise<readonly DirectoryEntry[]> {
    return this.files.list(path);
  }

  stat(path: string): Promise<FileStat | undefined> {
    return this.files.stat(path);
  }

  async dispose(): Promise<void> {
    this.disposal.abort();
    await Promise.all(this.running);
    await this.connection.close();
  }

  private remember(run: Promise<CommandResult>): Promise<CommandResult> {
    const remembered = run.finally(() => this.running.delete(remembered));
    this.running.add(remembered);
    return remembered;
  }

  private async runOn(shells: Shells, command: Command): Promise<CommandResult> {
    const output = new CommandOutput(command);
    const ending = await this.endingOf(shells, command, output);
    return { ...ending, ...output.result() };
  }

  private async endingOf(shells: Shells, command: Command, output: CommandOutput): Promise<Ending> {
    const problem = cannotBeSent(command);
    if (problem !== undefined) return withoutCode('not-started', problem);
    const signals = [this.disposal.signal, ...(command.signal ? [command.signal] : [])];
    const stop = new StopOrder(signals, command.timeout);
    try {
      return await shells.use((shell) => runIn(shell, command, output, stop), AbortSignal.any(signals));
    } catch (error) {
      if (stop.given() !== undefined) return withoutCode('cancelled');
      if (error instanceof ConnectionError) return withoutCode('not-started', error.detail);
      throw error;
    } finally {
      stop.withdraw();
    }
  }
}

async function runIn(shell: FarShell, command: Command, output: CommandOutput, stop: StopOrder): Promise<Ending> {
  const refused = stop.given();
  if (refused !== undefined) return withoutCode(refused); // while the shell was opened
  stop.watch(() => shell.stop());
  const ending = await shell.run(requestFor(command, output));
  await stop.carriedOut;
  output.end('stdout');
  output.end('stderr');
  const reason = stop.given();
  return reason === undefined ? endingFrom(ending, command) : withoutCode(reason);
}

/** The only place where values become part of a text for the far sh; each is quoted. */
function requestFor({ argv, cwd = '.', env = {}, stdin }: Command, output: CommandOutput): FarRequest {
  const words = [...argv].map(quoteForShell).join(' ');
  const place = quoteForShell(cwd.startsWith('/') ? cwd : `./${cwd}`);
  const exports = Object.entries(env).map(([name, value]) => `${name}=${quoteForShell(value)}; export ${name}\n`);
  const call = (mark: string): string =>
    stdin === undefined ? `toa_run ${mark} ${place}` : `toa_feed ${mark} ${place} ${quoteForShell(stdin)}`;
  return {
    text: (mark) => `(\n${exports.join('')}${call(mark)} ${words}\n)`,
    onData: (chunk, stream) => {
      output.receive(chunk, stream);
    },
  };
}

function cannotBeSent({ argv, cwd = '', env = {}, stdin = '' }: Command): Message | undefined {
  const [command] = argv;
  if ([...argv, cwd, stdin, ...Object.values(env)].some((value) => value.includes('\0')))
    return message('{command}: an argument holds a NUL character', { command });
  if (command.startsWith('-')) return message('{command} is no command', { command });
  const name = Object.keys(env).find((one) => !/^[A-Za-z_]\w*$/.test(one));
  return name === undefined ? undefined : message('{name} is no name of a variable', { name });
}

/** A shell tells a signal as 128 and its number. */
function endingFrom(ending: FarEnding, { argv, cwd = '' }: Command): Ending {
  if (ending.kind === 'lost') return withoutCode('lost', message('the connection broke'));
  const code = Number(ending.status);
  if (!Number.isInteger(code)) return withoutCode('not-started', notStarted(whyNot(ending.status), argv[0], cwd));
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  if (signal !== undefined) return { outcome: 'signalled', code: undefined, signal, reason: undefined };
  return { outcome: 'exited', code, signal: undefined, reason: undefined };
}

/** By the word of farShell.sh: some are ours as well, and the only other one says that there is no such command. */
function whyNot(word: string): WhyNotStarted {
  const known = ['no-directory', 'closed-directory', 'no-file', 'not-executable'] as const;
  return known.find((one) => one === word) ?? 'not-installed';
}
