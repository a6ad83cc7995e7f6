import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stream } from '../host';
import farShellScript from './farShell.sh';
import { MarkedStream } from './markedStream';
import { Silence } from './silence';
import { Words } from './words';

/** One thing that the far sh is to do. */
export interface FarRequest {
  /** A call of one of the functions of farShell.sh with this mark. Values in it are quoted. */
  readonly text: (mark: string) => string;
  /** Sent when the request prints its first bytes, which say that it reads. */
  readonly body?: Uint8Array;
  readonly onData: (chunk: Buffer, stream: Stream) => void;
  /** Milliseconds without output after which the connection is cut; the time in which `isPaused` says yes does not count. */
  readonly patience?: number;
  readonly isPaused?: () => boolean;
  /** Bytes of output beyond which it is cut. */
  readonly limit?: number;
}

/** `lost`: the connection ended before the request did; `words` are ssh's own. We cut it where the far side was `silent`, or `noisy` without end. */
export type FarEnding =
  | { readonly kind: 'ended'; readonly status: string }
  | { readonly kind: 'lost'; readonly words: string; readonly cut: 'silent' | 'noisy' | undefined };

/** Milliseconds that a stopped request may take to end by itself before the connection is cut. */
const STOP_LIMIT = 8000;

/** Bytes that are no output of what was asked for; login scripts and greetings have some thousand. */
const NOISE_LIMIT = 4 * 1024 * 1024;

/** Milliseconds for what ssh said last to be read after it has ended. */
const DRAIN = 50;

interface Running {
  readonly feeds: boolean;
  readonly stdout: MarkedStream;
  readonly stderr: MarkedStream;
  readonly silence: Silence | undefined;
  readonly settle: (ending: FarEnding) => void;
}

/** One ssh process with one sh at its far end, which does one thing after the other. */
export class FarShell {
  private running: Running | undefined;
  private readonly words = new Words();
  private ended = false;
  private broken = false;
  private why: 'silent' | 'noisy' | undefined;
  /** Bytes that came while nothing ran. */
  private idleNoise = 0;

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
      const { patience, isPaused, limit = Infinity } = request;
      let { body } = request;
      let received = 0;
      const giveUp = (): void => {
        this.cutAs('silent');
      };
      const silence = patience === undefined ? undefined : new Silence(patience, giveUp, isPaused);
      const hear = (chunk: Buffer, stream: Stream): void => {
        silence?.heard();
        received += chunk.length;
        if (body !== undefined && stream === 'stdout') this.send(body);
        if (stream === 'stdout') body = undefined;
        if (received > limit) this.cutAs('noisy');
        else request.onData(chunk, stream);
      };
      const marked = (stream: Stream): MarkedStream =>
        new MarkedStream(mark, (chunk) => {
          hear(chunk, stream);
        });
      this.idleNoise = 0;
      this.running = { feeds: body !== undefined, stdout: marked('stdout'), stderr: marked('stderr'), silence, settle };
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

  private cutAs(why: 'silent' | 'noisy'): void {
    this.why ??= why;
    this.cut();
  }

  private send(content: string | Uint8Array): void {
    if (this.child.stdin?.writable === true) this.child.stdin.write(content);
  }

  private receive(chunk: Buffer, stream: Stream): void {
    const { running } = this;
    if (running?.[stream].begun !== true) this.words.add(chunk.toString('utf8'));
    if (running === undefined) {
      this.idleNoise += chunk.length;
      if (this.idleNoise > NOISE_LIMIT) this.cutAs('noisy');
      return;
    }
    running[stream].feed(chunk);
    if (running.stdout.noise + running.stderr.noise > NOISE_LIMIT) this.cutAs('noisy');
    const { status } = running.stdout;
    if (status === undefined || running.stderr.status === undefined) return;
    this.running = undefined;
    running.silence?.stop();
    if (running.feeds && Number(status) > 1) this.cut(); // the far sh ends too: see toa_receive
    running.settle({ kind: 'ended', status });
  }

  private lose(): void {
    this.ended = true;
    const { running } = this;
    this.running = undefined;
    running?.silence?.stop();
    running?.settle({ kind: 'lost', words: this.words.text, cut: this.why });
  }
}
