// Child processes of the tools: an argument list in, one clear line when the command fails.
import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  /** Added to our own environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Show the output as it comes, too. */
  readonly show?: boolean;
}

export interface Ended {
  /** The exit status; 127 when the command could not be started, 1 when a signal ended it. */
  readonly code: number;
  /** stdout and stderr as they came. */
  readonly output: string;
}

/** Runs a command that has to succeed; gives its output. Rejects with the command and the end of what it printed. */
export async function run(argv: readonly [string, ...string[]], options: RunOptions = {}): Promise<string> {
  const { code, output } = await tryRun(argv, options);
  if (code === 0) return output;
  throw new Error(`${argv.join(' ')} ended with status ${code}:\n${output.slice(-3000)}`);
}

/** Runs a command to its end, whatever the end is. Never rejects. */
export function tryRun(argv: readonly [string, ...string[]], options: RunOptions = {}): Promise<Ended> {
  const [file, ...args] = argv;
  const { cwd, env, show = false } = options;
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    // It does not outlive us.
    const kill = (): void => void child.kill();
    process.once('exit', kill);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (show) process.stdout.write(text);
      });
    child.on('error', (error) => {
      resolve({ code: 127, output: error.message });
    });
    child.on('close', (code) => {
      process.removeListener('exit', kill);
      resolve({ code: code ?? 1, output });
    });
  });
}
