// The power is cut between any two commands of a plan: those of its steps and those of the journal, before and after each. Scripts are run by
// bash, whose DEBUG trap counts their commands; what a script has started may still end, as it may on a machine.
import type { Command, CommandResult, Host } from '../../extension/host/host';
import lock from '../../extension/doctor/plan/scripts/lock.sh';

/** Before which command of which call on the host; a program that is no script has two: itself, and what comes after it. */
export interface Place {
  readonly call: number;
  readonly command: number;
}

export class Cut extends Error {
  override readonly name = 'Cut';
}

const COUNTED = /^toa-counted (\d+)\n/m;

export class CutHost implements Host {
  /** How many commands each call had, where none was cut. */
  readonly calls: number[] = [];

  constructor(
    private readonly inner: Host,
    private readonly place: Place | undefined,
  ) {}

  get name(): string {
    return this.inner.name;
  }

  async run(command: Command): Promise<CommandResult> {
    if (command.stdin?.includes(lock) === true) return this.inner.run(command);
    const call = this.calls.length;
    this.calls.push(0);
    const cut = this.place?.call === call ? this.place.command : undefined;
    if (this.place !== undefined && this.place.call < call) throw new Cut('The power is off.');
    const isScript = command.argv[1] === '-s' && command.argv[0] === 'sh';
    if (cut === 0 && !isScript) throw new Cut('before a command');
    const result = await this.inner.run(isScript ? counted(command, cut) : command);
    if (cut !== undefined) throw new Cut('within a command, or after it');
    const [text, count] = COUNTED.exec(result.stderr) ?? [''];
    this.calls[call] = isScript ? Number(count ?? 1) : 2;
    return { ...result, stderr: result.stderr.replace(text, '') };
  }

  script(text: string, args: readonly string[], options?: Parameters<Host['script']>[2]): Promise<CommandResult> {
    return this.inner.script(text, args, options);
  }

  readFile(path: string, limit: number): Promise<Uint8Array> {
    return this.inner.readFile(path, limit);
  }

  readDirectory(path: string): ReturnType<Host['readDirectory']> {
    return this.inner.readDirectory(path);
  }

  stat(path: string): ReturnType<Host['stat']> {
    return this.inner.stat(path);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

/** The script, ended before one of its commands, or counting them. */
function counted(command: Command, cut: number | undefined): Command {
  const [, ...args] = command.argv;
  const trap = cut === undefined ? '' : `[ $toa_n -le ${cut} ] || kill -9 $$`;
  const prelude = [
    'toa_n=0',
    "trap 'echo toa-counted $toa_n >&2' EXIT",
    'set -T',
    `trap 'toa_n=$((toa_n + 1)); ${trap}' DEBUG`,
  ];
  return { ...command, argv: ['bash', '--posix', ...args], stdin: `${prelude.join('\n')}\n${command.stdin ?? ''}` };
}

/** Every place where a run could be cut, of one that was not. */
export function placesOf({ calls }: CutHost): readonly Place[] {
  return calls.flatMap((count, call) => Array.from({ length: count }, (_, command) => ({ call, command })));
}
