import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import farShellScript from './farShell.sh';
import { MarkedStream } from './markedStream';
import { Words } from './words';

type Stream = 'stdout' | 'stderr';

/** One thing that the far sh is to do. */
export interface FarRequest {
  /** A call of one of the functions of farShell.sh with this mark. Values in it are quoted. */
  readonly text: (mark: string) => string;
  /** Sent when the request prints its first bytes, which say that it reads. */
  readonly body?: Uint8Array;
  readonly onData: (chunk: Buffer, stream: Stream) => void;
}

/** `lost`: the connection ended before the request did; `words` are ssh's own. */
export type FarEnding =
  | { readonly kind: 'ended'; readonly status: string }
  | { readonly kind: 'lost'; readonly words: string; readonly begun: boolean };

/** Milliseconds that a stopped request may take to end by itself before the connection is cut. */
const STOP_LIMIT = 8000;

/** Milliseconds for what ssh said last to be read after it has ended. */
const DRAIN = 50;

interface Running {
  readonly feeds: boolean;
  readonly stdout: MarkedStream;
  readonly stderr: MarkedStream;
  readonly settle: (ending: FarEnding) => void;
}

/** One ssh process with one sh at its far end, which does one thing after the other. */
export class FarShell {
  private running: Running | undefined;
  private readonly words = new Words();
  private ended = false;
  private broken = false;

  /** Teaches the far sh; `child` is an ssh that was told to run `exec sh`. */
  constructor(private readonly child: ChildProcess) {
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.on('data', (chunk: Buffer) => {
        this.receive(chunk, stream);
      });
    }
    child.stdin?.on('error', () => undefined); // a broken connection is told by the end of the process
    child.on('error', (error) => {
      this.words.add(error.message);
      this.lose();
    });
    // Not `close`: the process that shares the connection may keep the streams.
    child.on('exit', () => {
      setTimeout(() => {
        this.lose();
      }, DRAIN);
    });
    this.send(`{\n${farShellScript}\n}\n`);
  }

  /** Whether it can take another request. */
  get usable(): boolean {
    return !this.ended && !this.broken && this.running === undefined;
  }

  /** Does one thing. Never rejects. Only for a shell that is {@link usable}. */
  run(request: FarRequest): Promise<FarEnding> {
    const mark = randomBytes(16).toString('hex');
    return new Promise((settle) => {
      let { body } = request;
      const onStdout = (chunk: Buffer): void => {
        if (body !== undefined) this.send(body);
        body = undefined;
        request.onData(chunk, 'stdout');
      };
      this.running = {
        feeds: body !== undefined,
        stdout: new MarkedStream(mark, onStdout),
        stderr: new MarkedStream(mark, (chunk) => {
          request.onData(chunk, 'stderr');
        }),
        settle,
      };
      // The braces make sh read all of it before it runs any: a connection that breaks runs nothing by halves.
      this.send(`{\n${request.text(mark)}\n}\n`);
      if (this.ended) this.lose();
    });
  }

  /** Ends what runs, with all that it has started; settles when that is done or the connection had to be cut. */
  async stop(): Promise<void> {
    const { running } = this;
    if (running === undefined) return;
    this.send(':\n'); // the far watcher takes any line for the order; sh itself, if it came too late, for nothing
    for (let waited = 0; this.running === running && waited < STOP_LIMIT; waited += 50) await sleep(50);
    if (this.running === running) this.cut();
  }

  /** Lets the far sh end, and ssh with it. */
  async end(): Promise<void> {
    if (this.ended) return;
    this.child.stdin?.end();
    await Promise.race([once(this.child, 'exit'), sleep(1000)]);
    this.cut();
  }

  /** Cuts the connection: what runs at the far end notices and ends. */
  cut(): void {
    this.broken = true;
    this.child.kill();
  }

  private send(content: string | Uint8Array): void {
    if (this.child.stdin?.writable === true) this.child.stdin.write(content);
  }

  private receive(chunk: Buffer, stream: Stream): void {
    const { running } = this;
    if (running?.[stream].begun !== true) this.words.add(chunk.toString('utf8'));
    if (running === undefined) return;
    running[stream].feed(chunk);
    const { status } = running.stdout;
    if (status === undefined || running.stderr.status === undefined) return;
    this.running = undefined;
    if (running.feeds && Number(status) > 1) this.cut(); // the far sh ends too: see toa_receive
    running.settle({ kind: 'ended', status });
  }

  private lose(): void {
    this.ended = true;
    const { running } = this;
    this.running = undefined;
    running?.settle({ kind: 'lost', words: this.words.text, begun: running.stdout.begun });
  }
}
