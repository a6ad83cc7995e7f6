/**
 * Output of any length in bounded memory: its first and its last bytes, half of the limit each, and a count of the rest.
 * The end of a build says why it failed, the beginning what was run.
 */
export class BoundedOutput {
  private readonly headSize: number;
  private readonly head: Buffer[] = [];
  private headLength = 0;
  /** A ring: the oldest byte lies at `tailLength % tail.length` once it is full. */
  private tail: Buffer | undefined;
  private tailLength = 0;

  /** `limit` in bytes. */
  constructor(private readonly limit: number) {
    this.headSize = Math.ceil(limit / 2);
  }

  push(chunk: Buffer): void {
    const forHead = chunk.subarray(0, this.headSize - this.headLength);
    if (forHead.length > 0) {
      this.head.push(forHead);
      this.headLength += forHead.length;
    }
    this.pushToTail(chunk.subarray(forHead.length));
  }

  /** Bytes that were not kept. */
  get dropped(): number {
    return this.tailLength - this.keptTail;
  }

  /** The kept output as UTF-8. Where bytes are missing, a line ends, so that no line is made of two. */
  text(): string {
    const parts = [...this.head];
    if (this.dropped > 0) parts.push(Buffer.from('\n'));
    return Buffer.concat([...parts, ...this.orderedTail()]).toString('utf8');
  }

  private get keptTail(): number {
    return Math.min(this.tailLength, this.limit - this.headSize);
  }

  private pushToTail(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const size = this.limit - this.headSize;
    this.tail ??= Buffer.alloc(size);
    const skipped = Math.max(0, bytes.length - size);
    const kept = bytes.subarray(skipped);
    if (size > 0) {
      const at = (this.tailLength + skipped) % size;
      const untilEnd = Math.min(kept.length, size - at);
      kept.copy(this.tail, at, 0, untilEnd);
      kept.copy(this.tail, 0, untilEnd);
    }
    this.tailLength += bytes.length;
  }

  private orderedTail(): Buffer[] {
    if (this.tail === undefined) return [];
    if (this.dropped === 0) return [this.tail.subarray(0, this.tailLength)];
    const oldest = this.tail.length === 0 ? 0 : this.tailLength % this.tail.length;
    return [this.tail.subarray(oldest), this.tail.subarray(0, oldest)];
  }
}
