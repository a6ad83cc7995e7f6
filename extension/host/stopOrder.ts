/** The order to end a command: from its time limit, from whoever started it, or from the host when it is let go. */
export class StopOrder {
  private reason: 'timed-out' | 'cancelled' | undefined;
  /** Settles when nothing of the command runs any more; at once when no order was given. */
  carriedOut: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private onAbort: (() => void) | undefined;

  /** `timeout` in milliseconds. A signal that is aborted already gives the order now. */
  constructor(
    private readonly signals: readonly AbortSignal[],
    private readonly timeout: number | undefined,
  ) {}

  /** Why the command was or is to be ended; `undefined` while nobody asked. */
  given(): 'timed-out' | 'cancelled' | undefined {
    return this.reason ?? (this.signals.some(({ aborted }) => aborted) ? 'cancelled' : undefined);
  }

  /** From now on the order calls `end`, which settles when nothing of the command runs any more. */
  watch(end: () => Promise<void>): void {
    const give = (reason: 'timed-out' | 'cancelled') => {
      if (this.reason !== undefined) return;
      this.reason = reason;
      this.carriedOut = end();
    };
    const onAbort = () => {
      give('cancelled');
    };
    this.onAbort = onAbort;
    for (const signal of this.signals) signal.addEventListener('abort', onAbort);
    if (this.timeout !== undefined) {
      this.timer = setTimeout(() => {
        give('timed-out');
      }, this.timeout);
    }
  }

  /** Takes the order back: the command has ended. */
  withdraw(): void {
    clearTimeout(this.timer);
    for (const signal of this.signals) if (this.onAbort) signal.removeEventListener('abort', this.onAbort);
  }
}
