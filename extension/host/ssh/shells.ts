import type { Connection } from './connection';
import type { FarShell } from './farShell';

/** Shells of one connection that are lent one at a time and used again. */
export class Shells {
  private readonly idle: FarShell[] = [];
  private readonly waiting: (() => void)[] = [];
  private lent = 0;

  /** `limit`: how many may be open at once; sshd's own limit for a connection is 10 unless told otherwise. */
  constructor(
    private readonly connection: Connection,
    private limit: number,
  ) {}

  /** Lends a shell to `body` alone. Rejects with a ConnectionError when there can be none; `signal` ends the waiting for one. */
  async use<Result>(body: (shell: FarShell) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const shell = await this.take(signal);
    try {
      return await body(shell);
    } finally {
      if (shell.usable) this.idle.push(shell);
      this.release();
    }
  }

  private async take(signal: AbortSignal | undefined): Promise<FarShell> {
    for (;;) {
      if (signal?.aborted === true) this.wake(); // the turn of someone else
      signal?.throwIfAborted();
      const idle = this.takeIdle();
      if (idle !== undefined) {
        this.lent += 1;
        return idle;
      }
      const another = this.lent < this.limit ? await this.another(signal) : undefined;
      if (another !== undefined) return another;
      await this.turn(signal);
    }
  }

  /** Waits until a shell may be free. */
  private async turn(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return;
    let turn = (): void => undefined;
    const come = new Promise<void>((resolve) => this.waiting.push((turn = resolve)));
    const leave = (): void => {
      const at = this.waiting.indexOf(turn);
      if (at >= 0) this.waiting.splice(at, 1);
      turn();
    };
    signal?.addEventListener('abort', leave);
    await come;
    signal?.removeEventListener('abort', leave);
  }

  /** A new shell; `undefined` where the ones that are lent are all that can be had without asking the user again. */
  private async another(signal: AbortSignal | undefined): Promise<FarShell | undefined> {
    const isFirst = this.lent === 0;
    this.lent += 1;
    try {
      const shell = await this.connection.open(isFirst, signal);
      if (shell !== undefined) return shell;
    } catch (error) {
      this.release();
      throw error;
    }
    this.lent -= 1;
    this.limit = Math.max(1, this.lent);
    // Whoever could have woken us may have been done meanwhile.
    if (this.lent === 0 || this.idle.length > 0)
      queueMicrotask(() => {
        this.wake();
      });
    return undefined;
  }

  private release(): void {
    this.lent -= 1;
    this.wake();
  }

  private wake(): void {
    this.waiting.shift()?.();
  }

  private takeIdle(): FarShell | undefined {
    for (let shell = this.idle.pop(); shell !== undefined; shell = this.idle.pop()) if (shell.usable) return shell;
    return undefined;
  }
}
