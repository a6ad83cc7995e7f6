import { randomBytes } from 'node:crypto';
import { message } from '../../core/message';
import { quoteForShell } from '../../core/shellText';
import { HostFileError, tooLarge, type DirectoryEntry, type FileError, type Stream } from '../host';
import { ConnectionError } from './connection';
import type { FarEnding, FarRequest } from './farShell';
import changeScript from './files/change.sh';
import listScript from './files/list.sh';
import problemsScript from './files/problems.sh';
import readScript from './files/read.sh';
import statScript from './files/stat.sh';
import writeScript from './files/write.sh';

/** What is known of a file on the far side. */
export interface FarStat {
  readonly kind: 'file' | 'directory' | 'other';
  readonly isLink: boolean;
  readonly mayWrite: boolean;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Changes whenever the file does: size, times, inode and mode in the far side's words. */
  readonly version: string;
}

/** Milliseconds without a word after which the far side hangs. */
const PATIENCE = 60_000;
/** Bytes in a millisecond: what is sent there takes its time beside it. */
const SLOWEST = 8;
/** Bytes of an answer that is no content of a file. */
const ANSWER_LIMIT = 64 * 1024 * 1024;

type Run = (request: FarRequest) => Promise<FarEnding>;

interface Answer {
  /** Why there is no whole answer: the connection `broke`, or was cut since nothing came, or too much. */
  readonly failure: 'broke' | 'silent' | 'noisy' | undefined;
  readonly status: string;
  readonly stdout: Buffer;
  readonly stderr: string;
}

interface Attempt {
  readonly body?: Uint8Array;
  /** Bytes of its answer. */
  readonly limit?: number;
  readonly patience?: number;
}

/** Files of a host by sh alone: no SFTP is needed, every operation is one round trip, and writing two. Each rejects with {@link HostFileError}. */
export class FarFiles {
  constructor(
    private readonly run: Run,
    private readonly patience = PATIENCE,
  ) {}

  async read(path: string, limit: number): Promise<Uint8Array> {
    const { stdout } = await this.ask(path, readScript, [path, String(limit + 1)], limit + ANSWER_LIMIT);
    if (stdout.length > limit) throw tooLarge(path, limit);
    return stdout;
  }

  /** Sorted by name. */
  async list(path: string): Promise<readonly DirectoryEntry[]> {
    const { stdout } = await this.ask(path, listScript, [path]);
    const entries = stdout.toString('utf8').split('\0').slice(0, -1);
    return entries.map(entryOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async stat(path: string): Promise<(FarStat & { readonly directory: boolean }) | undefined> {
    const [found] = await this.statAll([path]);
    return found && { ...found, directory: found.kind === 'directory' };
  }

  /** `undefined` where nothing is. One round trip for all. */
  async statAll(paths: readonly string[]): Promise<readonly (FarStat | undefined)[]> {
    const { stdout } = await this.ask(paths[0] ?? '', statScript, paths);
    const lines = stdout.toString('utf8').split('\n');
    return paths.map((path, index) => statOf(lines[index] ?? '', path));
  }

  /**
   * Replaces a file in one step, or makes it; mode, owner and links stay. `seen` is the version that the caller knows, `new` where there must
   * be none, or `any`. A connection that breaks meanwhile is made again. Gives what the file is then.
   */
  async write(path: string, content: Uint8Array, seen: string): Promise<FarStat> {
    const args = (): readonly string[] => [path, String(content.length), seen, randomBytes(8).toString('hex')];
    const first = await this.attempt(path, writeScript, args(), { body: content });
    if (first.failure === undefined) return statAfter(first, path);
    if (first.failure !== 'broke') throw lost(first, path, this.patience);
    // It broke somewhere: the file is the old or the new one, never a part.
    const now = await this.read(path, content.length).catch(() => undefined);
    const known = await this.stat(path);
    if (known !== undefined && now !== undefined && Buffer.compare(now, content) === 0) return known;
    const second = await this.attempt(path, writeScript, args(), { body: content });
    if (second.failure === undefined) return statAfter(second, path);
    throw new HostFileError('lost', path, message('the connection broke while it was written; the file is as it was'));
  }

  async change(
    ...[verb, path, ...rest]:
      | readonly ['make-directory' | 'remove' | 'remove-tree', string]
      | readonly ['rename', string, string, ...'overwrite'[]]
  ): Promise<void> {
    const answer = await this.attempt(path, changeScript, [verb, path, ...rest], { patience: this.patience * 10 });
    if (answer.failure !== undefined) throw lost(answer, path, this.patience);
    check(answer, path);
  }

  /** Runs a script that only reads; asks again when the connection turned out to be broken. */
  private async ask(path: string, script: string, args: readonly string[], limit = ANSWER_LIMIT): Promise<Answer> {
    const asked = (): Promise<Answer> => this.attempt(path, script, args, { limit });
    const first = await asked();
    const answer = first.failure === 'broke' ? await asked() : first;
    if (answer.failure !== undefined) throw lost(answer, path, this.patience);
    return check(answer, path);
  }

  private async attempt(
    path: string,
    script: string,
    args: readonly string[],
    { body, limit = ANSWER_LIMIT, patience = this.patience }: Attempt = {},
  ): Promise<Answer> {
    if (args.some((argument) => argument.includes('\0')))
      throw new HostFileError('not-found', path, message('no name of a file can hold a NUL character'));
    const words = ['sh', '-c', `${problemsScript}\n${script}`, 'sh', ...args].map(quoteForShell).join(' ');
    const verb = body === undefined ? 'toa_run' : 'toa_receive';
    const output: Record<Stream, Buffer[]> = { stdout: [], stderr: [] };
    try {
      const ending = await this.run({
        text: (mark) => `${verb} ${mark} / ${words}`,
        ...(body && { body }),
        patience: patience + (body?.length ?? 0) / SLOWEST,
        limit,
        onData: (chunk, stream) => output[stream].push(chunk),
      });
      const stdout = Buffer.concat(output.stdout);
      return {
        failure: ending.kind === 'ended' ? undefined : (ending.cut ?? 'broke'),
        status: ending.kind === 'ended' ? ending.status : '',
        stdout,
        stderr: Buffer.concat(output.stderr).toString('utf8'),
      };
    } catch (error) {
      if (error instanceof ConnectionError) throw new HostFileError('lost', path, error.detail);
      throw error;
    }
  }
}

const PROBLEMS: ReadonlySet<string> = new Set<FileError>([
  'not-found',
  'not-permitted',
  'is-directory',
  'no-space',
  'exists',
  'changed',
]);

function lost({ failure }: Answer, path: string, patience: number): HostFileError {
  const why = {
    broke: message('the connection broke'),
    silent: message('the host hangs: nothing came from it for {seconds} seconds', { seconds: patience / 1000 }),
    noisy: message('the host sent without end, so the connection was cut'),
  };
  return new HostFileError('lost', path, why[failure ?? 'broke']);
}

/** The answer of a script that succeeded. */
function check(answer: Answer, path: string): Answer {
  if (answer.status === '0') return answer;
  throw problemOf(answer.stderr.trim().split('\n').at(-1) ?? '', path);
}

function problemOf(line: string, path: string): HostFileError {
  const [word = '', ...words] = line.split(' ');
  const why = words.join(' ').slice(0, 400) || word || message('the host gave no reason');
  return new HostFileError(isProblem(word) ? word : 'other', path, why);
}

function isProblem(word: string): word is FileError {
  return PROBLEMS.has(word);
}

function statAfter(answer: Answer, path: string): FarStat {
  const line = check(answer, path).stdout.toString('utf8').replace(/^go\n/, '').trimEnd();
  const stat = statOf(line, path);
  if (stat === undefined) throw new HostFileError('not-found', path, message('it is gone again'));
  return stat;
}

/** Reads what `describe` of problems.sh says. */
function statOf(line: string, path: string): FarStat | undefined {
  const fields = /^(l?)([dfo])(w?) (\d+) (\d+) /.exec(line);
  if (fields === null) {
    if (line.startsWith('not-found')) return undefined;
    throw problemOf(line, path);
  }
  const [, link, kind, writable, size, seconds] = fields;
  const fraction = Number(/:\d\d(\.\d+) /.exec(line)?.[1] ?? 0);
  return {
    kind: kind === 'd' ? 'directory' : kind === 'f' ? 'file' : 'other',
    isLink: link === 'l',
    mayWrite: writable === 'w',
    size: Number(size),
    modified: Math.floor((Number(seconds) + fraction) * 1000),
    version: line,
  };
}

const KINDS: Readonly<Record<string, Omit<DirectoryEntry, 'name'>>> = {
  f: { kind: 'file' },
  d: { kind: 'directory' },
  l: { kind: 'link' },
  F: { kind: 'link', target: 'file' },
  D: { kind: 'link', target: 'directory' },
};

function entryOf(text: string): DirectoryEntry {
  return { name: text.slice(1), ...(KINDS[text.charAt(0)] ?? { kind: 'other' }) };
}
