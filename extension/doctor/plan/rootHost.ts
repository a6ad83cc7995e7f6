import type { Facts } from '../../core/facts';
import { message, type Message } from '../../core/message';
import { MessageError } from '../../core/messageError';
import { command, type Action } from '../../core/plan/step';
import type { CommandResult, Host, Stream } from '../../host/host';
import { scriptInput } from '../../host/script';

/** The host did not do what had to be done. */
export class PlanError extends MessageError {
  override readonly name = 'PlanError';
}

/** Why a host cannot be changed: what is changed there could not be written down first. */
export function noJournal(host: string, reason: string | Message): Message {
  return message('{host} could not keep or read the journal of changes: {reason}', { host, reason });
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onOutput?: ((text: string, stream: Stream) => void) | undefined;
  /** Milliseconds; an hour when absent, none when `undefined`. */
  readonly timeout?: number | undefined;
}

/** Milliseconds. A kernel package on a slow disk takes minutes. */
const TIMEOUT = 60 * 60_000;
/** Bytes of each stream. */
const OUTPUT_LIMIT = 1024 * 1024;

/** A host on which actions run as root: as the user is, or by a sudo that asks for no password. */
export class RootHost {
  private constructor(
    private readonly host: Host,
    private readonly bySudo: boolean,
  ) {}

  /** Rejects with {@link PlanError} when this user cannot become root without being asked for a password. */
  static async of(host: Host, { user }: Facts): Promise<RootHost> {
    if (user.privilege === 'root') return new RootHost(host, false);
    const result = await host.run({ argv: ['sudo', '-n', 'true'] });
    if (result.code === 0) return new RootHost(host, true);
    throw new PlanError(
      message(
        'This needs root on {host}, and sudo asks for a password there. Log in as root, or run sudo toa-doctor in a terminal of that host.',
        { host: host.name },
      ),
    );
  }

  get name(): string {
    return this.host.name;
  }

  run({ argv, script, directory, input }: Action, options: RunOptions = {}): Promise<CommandResult> {
    const { signal, onOutput, timeout } = { timeout: TIMEOUT, ...options };
    return this.host.run({
      argv: this.bySudo ? ['sudo', '-n', '--', ...argv] : argv,
      ...(timeout === undefined ? {} : { timeout }),
      outputLimit: OUTPUT_LIMIT,
      ...(script === undefined ? {} : { stdin: scriptInput(script) }),
      ...(input === undefined ? {} : { stdin: Buffer.from(input.bytes).toString('base64') }),
      ...(directory === undefined ? {} : { cwd: directory }),
      ...(signal === undefined ? {} : { signal }),
      ...(onOutput === undefined ? {} : { onOutput }),
    });
  }

  /** Whether an action ends with status 0. */
  async holds(action: Action): Promise<boolean> {
    return (await this.run(action)).code === 0;
  }

  /** The output of an action that has to succeed. Rejects with {@link PlanError}. */
  async must(action: Action): Promise<string> {
    const { code, stdout, stderr, reason, outcome } = await this.run(action);
    if (code === 0) return stdout;
    const last = stderr.trim().split('\n').at(-1) ?? '';
    throw new PlanError(noJournal(this.host.name, reason ?? (last || outcome)));
  }

  /** The end of the kernel's log; empty where it cannot be read. */
  async kernelLog(): Promise<string> {
    const { code, stdout } = await this.run(command(['dmesg']));
    return code === 0 ? stdout.split('\n').slice(-60).join('\n') : '';
  }
}
