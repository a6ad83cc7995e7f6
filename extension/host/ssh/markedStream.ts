/**
 * Takes what one request printed out of a stream that also carries greetings, the noise of login scripts and of other programs: it
 * lies between `MARK begin\n` and `MARK end STATUS\n`. A mark is random, so no output can hold it by chance.
 */
export class MarkedStream {
  private state: 'before' | 'inside' | 'after' = 'before';
  private pending: Buffer = Buffer.alloc(0);
  private readonly begin: Buffer;
  private readonly finish: Buffer;
  private dropped = 0;
  /** What the end mark says; `undefined` until it has come. */
  status: string | undefined;

  constructor(
    mark: string,
    private readonly onData: (chunk: Buffer) => void,
  ) {
    this.begin = Buffer.from(`${mark} begin\n`);
    this.finish = Buffer.from(`${mark} end`);
  }

  /** Whether the request has begun to run. */
  get begun(): boolean {
    return this.state !== 'before';
  }

  /** Bytes that came and are no output of the request. */
  get noise(): number {
    return this.state === 'inside' ? this.dropped + this.pending.length : this.dropped;
  }

  feed(chunk: Buffer): void {
    if (this.state === 'after') {
      this.dropped += chunk.length;
      return;
    }
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    if (this.state === 'before') this.lookForBegin();
    if (this.state === 'inside') this.lookForEnd();
  }

  private lookForBegin(): void {
    const at = this.pending.indexOf(this.begin);
    if (at < 0) {
      const kept = this.pending.subarray(-this.begin.length);
      this.dropped += this.pending.length - kept.length;
      this.pending = kept;
      return;
    }
    this.state = 'inside';
    this.pending = this.pending.subarray(at + this.begin.length);
  }

  private lookForEnd(): void {
    const at = this.pending.indexOf(this.finish);
    this.passOn(at < 0 ? this.pending.length - partOf(this.finish, this.pending) : at);
    if (at < 0) return;
    const lineEnd = this.pending.indexOf('\n');
    if (lineEnd < 0) return;
    this.status = this.pending.subarray(this.finish.length, lineEnd).toString('latin1').trim();
    this.state = 'after';
  }

  private passOn(length: number): void {
    if (length > 0) this.onData(this.pending.subarray(0, length));
    this.pending = this.pending.subarray(length);
  }
}

/** How many bytes at the end of `bytes` may be the beginning of `mark`. */
function partOf(mark: Buffer, bytes: Buffer): number {
  for (let length = Math.min(mark.length - 1, bytes.length); length > 0; length -= 1) {
    if (bytes.subarray(-length).equals(mark.subarray(0, length))) return length;
  }
  return 0;
}
