import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hostNameProblem } from '../../core/remote/hostName';
import { noShell, notReached, type NotReached } from '../../core/remote/notReached';
import { MessageError } from '../../core/messageError';
import { FarShell } from './farShell';
import type { Asker } from './questions';

/** How a host is reached: by the system's ssh, so that its configuration, keys, agents and jump hosts count. */
export interface SshOptions {
  /** Another configuration than ssh's own. */
  readonly configFile?: string | undefined;
  /** Options as `ssh -o` takes them, like the algorithms that the user allowed for this host. */
  readonly options?: readonly string[];
  /** Asks the user what ssh asks. Without it ssh asks in its terminal, if it has one. */
  readonly asker?: Asker | undefined;
  /** Milliseconds in which the far sh has to answer, a minute unless told otherwise; the user's time to answer questions does not count. */
  readonly patience?: number;
}

/** A host that could not be reached. */
export class ConnectionError extends MessageError {
  override readonly name = 'ConnectionError';
  constructor(readonly why: NotReached) {
    super(why.detail);
  }
}

/** Seconds; silence of 45 seconds counts as a broken connection. Below INFO ssh does not say why two sides cannot agree on algorithms. */
const OPTIONS = [
  'ConnectTimeout=20',
  'ServerAliveInterval=15',
  'ServerAliveCountMax=3',
  'LogLevel=INFO',
  'RequestTTY=no',
  'RemoteCommand=none',
  'PermitLocalCommand=no',
  'ClearAllForwardings=yes',
  'EscapeChar=none',
] as const;
/** Bytes of a socket's path: 104 on BSD and macOS, and ssh adds 17 for a moment. */
const SOCKET_PATH_LIMIT = 86;
/** Milliseconds; login scripts can be slow. */
const PATIENCE = 60_000;

/**
 * One authenticated connection, shared by every shell on it where ssh and the server can do that: the first ssh leaves a process of its
 * own in the background (ControlPersist), which ends half a minute after its last shell, whatever becomes of us.
 */
export class Connection {
  private directory: Promise<string | undefined> | undefined;
  private first: Promise<FarShell> | undefined;
  private readonly shells = new Set<FarShell>();

  constructor(
    readonly host: string,
    private readonly ssh: SshOptions,
  ) {}

  /**
   * Another shell. While the first authenticates, others wait for it. Without `mayAsk` there is none where the user would have to be asked
   * for it, as on servers that allow one session for a connection. Rejects with {@link ConnectionError}, or with the reason of
   * `signal`.
   */
  async open(mayAsk: boolean, signal?: AbortSignal): Promise<FarShell | undefined> {
    const socket = await this.socket();
    const isShared = socket !== undefined && existsSync(socket);
    if (!isShared && this.first === undefined) {
      this.first = this.startFirst(signal).finally(() => (this.first = undefined));
      return this.first;
    }
    // Whoever waits for a first one that fails fails with it: the user is asked once. One that was only given up is made anew.
    const isGivenUp = await untilAborted(this.first, signal).then(
      () => false,
      (error: unknown) => {
        signal?.throwIfAborted();
        if (error instanceof ConnectionError) throw error;
        return true;
      },
    );
    if (isGivenUp) return this.open(mayAsk, signal);
    if (mayAsk) return this.start(true, signal);
    return this.start(false, signal).catch((error: unknown) => {
      if (error instanceof ConnectionError) return undefined;
      throw error;
    });
  }

  /** Ends all shells and the process that they share. */
  async close(): Promise<void> {
    await Promise.all([...this.shells].map((shell) => shell.end()));
    await this.endShared();
  }

  private async endShared(): Promise<void> {
    if (this.directory === undefined) return;
    const socket = await this.socket();
    if (socket === undefined) return;
    if (existsSync(socket)) await once(launch([...(await this.options()), '-O', 'exit', '--', this.host]), 'exit');
    await rm(dirname(socket), { recursive: true, force: true });
    this.directory = undefined;
  }

  /** One that fails after it has logged in leaves nothing behind. */
  private async startFirst(signal: AbortSignal | undefined): Promise<FarShell> {
    try {
      return await this.start(true, signal);
    } catch (error) {
      await this.endShared();
      throw error;
    }
  }

  private async start(mayAsk: boolean, signal: AbortSignal | undefined): Promise<FarShell> {
    const problem = hostNameProblem(this.host);
    if (problem !== undefined) throw new ConnectionError({ kind: 'unknown-host', detail: problem });
    const { asker } = this.ssh;
    const asking = mayAsk ? await asker?.begin(this.host) : undefined;
    try {
      const batch = mayAsk ? [] : ['-o', 'BatchMode=yes'];
      const argv = [...(await this.options()), ...batch, '--', this.host, 'exec sh'];
      const shell = this.keep(launch(argv, asking?.environment));
      const cut = (): void => {
        shell.cut();
      };
      if (signal?.aborted === true) cut();
      signal?.addEventListener('abort', cut);
      const isPaused = (): boolean => asking?.isOpen() === true;
      await greet(shell, this.host, this.ssh.patience ?? PATIENCE, isPaused).finally(() => {
        signal?.removeEventListener('abort', cut);
      });
      return shell;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      asking?.end();
    }
  }

  private async options(): Promise<readonly string[]> {
    const { configFile, options = [] } = this.ssh;
    const socket = await this.socket();
    const sharing =
      socket === undefined
        ? ['ControlMaster=no', 'ControlPath=none']
        : ['ControlMaster=auto', `ControlPath=${socket}`, 'ControlPersist=30'];
    return [
      ...(configFile === undefined ? [] : ['-F', configFile]),
      // ssh takes the first of each: who asks for one gets it.
      ...[...sharing, ...options, ...OPTIONS].flatMap((option) => ['-o', option]),
    ];
  }

  /** Where the shared process listens; `undefined` where ssh cannot share. */
  private async socket(): Promise<string | undefined> {
    this.directory ??= socketDirectory();
    const directory = await this.directory;
    return directory === undefined ? undefined : join(directory, 's');
  }

  private keep(child: ChildProcess): FarShell {
    const shell = new FarShell(child);
    this.shells.add(shell);
    child.once('exit', () => this.shells.delete(shell));
    return shell;
  }
}

/** Settles as `work` does, or rejects as soon as `signal` is aborted. */
async function untilAborted(work: Promise<unknown> | undefined, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await Promise.race([work, ...(signal ? [once(signal, 'abort')] : [])]);
  signal?.throwIfAborted();
}

/** With people to ask, ssh gets no terminal: it would ask there. */
function launch(argv: readonly string[], environment?: Readonly<Record<string, string>>): ChildProcess {
  return spawn('ssh', argv, {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: environment !== undefined && process.platform !== 'win32',
    windowsHide: true,
  });
}

/** Waits for the far sh's first answer. */
async function greet(shell: FarShell, host: string, patience: number, isPaused: () => boolean): Promise<void> {
  const ending = await shell.run({
    text: (mark) => `toa_mark=${mark}; toa_begin; toa_finish 0`,
    onData: () => undefined,
    patience,
    isPaused,
  });
  if (ending.kind === 'ended') return;
  const { cut, words } = ending;
  throw new ConnectionError(cut === undefined ? notReached(words, host) : noShell(cut, host, patience / 1000));
}

/** A directory that only this user can enter, for the socket that the shells share; none where ssh cannot share. */
async function socketDirectory(): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  for (const parent of [process.env['XDG_RUNTIME_DIR'], tmpdir(), '/tmp']) {
    if (parent === undefined || Buffer.byteLength(parent) + '/toa-XXXXXX/s'.length > SOCKET_PATH_LIMIT) continue;
    const directory = await mkdtemp(join(parent, 'toa-')).catch(() => undefined);
    if (directory !== undefined) return directory;
  }
  return undefined;
}
