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
    private readonly limit: number,
  ) {}

  /** Lends a shell to `body` alone. Rejects with a ConnectionError when there can be none. */
  async use<Result>(body: (shell: FarShell) => Promise<Result>): Promise<Result> {
    while (this.lent >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.lent += 1;
    try {
      const shell = this.takeIdle() ?? (await this.connection.open());
      const result = await body(shell);
      if (shell.usable) this.idle.push(shell);
      return result;
    } finally {
      this.lent -= 1;
      this.waiting.shift()?.();
    }
  }

  private takeIdle(): FarShell | undefined {
    for (let shell = this.idle.pop(); shell !== undefined; shell = this.idle.pop()) if (shell.usable) return shell;
    return undefined;
  }
}
