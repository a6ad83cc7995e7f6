import type { Command, CommandResult, DirectoryEntry, FileStat, Host } from './host';
import { readLocalDirectory, readLocalFile, statLocalFile } from './localFiles';
import { runLocally } from './runLocally';
import { scriptInput } from './script';

/** The machine this program runs on; in a Remote-SSH window that is the server. */
export class LocalHost implements Host {
  readonly name = 'localhost';
  private readonly running = new Set<Promise<CommandResult>>();
  private readonly disposal = new AbortController();

  run(command: Command): Promise<CommandResult> {
    const run = runLocally(command, this.disposal.signal).finally(() => this.running.delete(run));
    this.running.add(run);
    return run;
  }

  script(text: string, args: readonly string[], options: Omit<Command, 'argv' | 'stdin'> = {}): Promise<CommandResult> {
    return this.run({ ...options, argv: ['sh', '-s', '--', ...args], stdin: scriptInput(text) });
  }

  readFile(path: string, limit: number): Promise<Uint8Array> {
    return readLocalFile(path, limit);
  }

  readDirectory(path: string): Promise<readonly DirectoryEntry[]> {
    return readLocalDirectory(path);
  }

  stat(path: string): Promise<FileStat | undefined> {
    return statLocalFile(path);
  }

  async dispose(): Promise<void> {
    this.disposal.abort();
    await Promise.all(this.running);
  }
}
