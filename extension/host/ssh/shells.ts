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

  /** Lends a shell to `body` alone. Rejects with a ConnectionError when there can be none. */
  async use<Result>(body: (shell: FarShell) => Promise<Result>): Promise<Result> {
    const shell = await this.take();
    try {
      return await body(shell);
    } finally {
      if (shell.usable) this.idle.push(shell);
      this.release();
    }
  }

  private async take(): Promise<FarShell> {
    for (;;) {
      const idle = this.takeIdle();
      if (idle !== undefined) {
        this.lent += 1;
        return idle;
      }
      const another = this.lent < this.limit ? await this.another() : undefined;
      if (another !== undefined) return another;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** A new shell; `undefined` where the ones that are lent are all that can be had without asking the user again. */
  private async another(): Promise<FarShell | undefined> {
    const isFirst = this.lent === 0;
    this.lent += 1;
    try {
      const shell = await this.connection.open(isFirst);
      if (shell !== undefined) return shell;
    } catch (error) {
      this.release();
      throw error;
    }
    this.lent -= 1;
    this.limit = Math.max(1, this.lent);
    // Whoever could have woken us may have been done meanwhile.
    if (this.lent === 0 || this.idle.length > 0) queueMicrotask(() => this.waiting.shift()?.());
    return undefined;
  }

  private release(): void {
    this.lent -= 1;
    this.waiting.shift()?.();
  }

  private takeIdle(): FarShell | undefined {
    for (let shell = this.idle.pop(); shell !== undefined; shell = this.idle.pop()) if (shell.usable) return shell;
    return undefined;
  }
}
