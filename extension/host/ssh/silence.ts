/** Calls `end` once when nothing was heard for `limit` milliseconds; the time in which `isPaused` says yes does not count. */
export class Silence {
  private left: number;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly limit: number,
    end: () => void,
    isPaused: () => boolean = () => false,
  ) {
    this.left = limit;
    const step = Math.min(1000, limit);
    this.timer = setInterval(() => {
      this.left = isPaused() ? limit : this.left - step;
      if (this.left > 0) return;
      this.stop();
      end();
    }, step);
  }

  heard(): void {
    this.left = this.limit;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
