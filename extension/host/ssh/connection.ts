import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hostNameProblem } from '../../core/remote/hostName';
import { notReached, type NotReached } from '../../core/remote/notReached';
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
/** Milliseconds for the far sh to answer; login scripts can be slow, and people who are asked are slower. */
const PATIENCE = 60_000;
const PATIENCE_WITH_PEOPLE = 10 * 60_000;

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
   * for it, as on servers that allow one session for a connection. Rejects with {@link ConnectionError}.
   */
  async open(mayAsk: boolean): Promise<FarShell | undefined> {
    const socket = await this.socket();
    const isShared = socket !== undefined && existsSync(socket);
    if (!isShared && this.first === undefined) {
      this.first = this.start(true).finally(() => (this.first = undefined));
      return this.first;
    }
    // Whoever waits for a first one that fails fails with it: the user is asked once.
    await this.first;
    if (mayAsk) return this.start(true);
    return this.start(false).catch((error: unknown) => {
      if (error instanceof ConnectionError) return undefined;
      throw error;
    });
  }

  /** Ends all shells and the process that they share. */
  async close(): Promise<void> {
    await Promise.all([...this.shells].map((shell) => shell.end()));
    if (this.directory === undefined) return;
    const socket = await this.socket();
    if (socket === undefined) return;
    if (existsSync(socket)) await once(launch([...(await this.options()), '-O', 'exit', '--', this.host]), 'exit');
    await rm(dirname(socket), { recursive: true, force: true });
    this.directory = undefined;
  }

  private async start(mayAsk: boolean): Promise<FarShell> {
    const problem = hostNameProblem(this.host);
    if (problem !== undefined) throw new ConnectionError({ kind: 'unknown-host', detail: problem });
    const { asker } = this.ssh;
    const asking = mayAsk ? await asker?.begin(this.host) : undefined;
    try {
      const batch = mayAsk ? [] : ['-o', 'BatchMode=yes'];
      const argv = [...(await this.options()), ...batch, '--', this.host, 'exec sh'];
      const shell = this.keep(launch(argv, asking?.environment));
      await greet(shell, this.host, asking === undefined ? PATIENCE : PATIENCE_WITH_PEOPLE);
      return shell;
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
      ...[...sharing, ...OPTIONS, ...options].flatMap((option) => ['-o', option]),
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
async function greet(shell: FarShell, host: string, patience: number): Promise<void> {
  const giveUp = setTimeout(() => {
    shell.cut();
  }, patience);
  const ending = await shell.run({
    text: (mark) => `toa_mark=${mark}; toa_begin; toa_finish 0`,
    onData: () => undefined,
  });
  clearTimeout(giveUp);
  if (ending.kind === 'lost') throw new ConnectionError(notReached(ending.words, host));
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
