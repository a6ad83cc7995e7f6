import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { BoundedOutput } from './boundedOutput';
import type { Command, CommandResult } from './host';

/** Bytes kept of each stream when the command does not say. */
const OUTPUT_LIMIT = 8 * 1024 * 1024;

/** Both streams of a command: passed on as text while it runs, and kept within the limit for the result. */
export class CommandOutput {
  private readonly stdout: BoundedOutput;
  private readonly stderr: BoundedOutput;
  /** Bytes of both streams so far. */
  received = 0;
  /** Settles when both streams have given all they had; at once before {@link follow}. */
  ended: Promise<unknown> = Promise.resolve();

  constructor(private readonly command: Command) {
    const limit = command.outputLimit ?? OUTPUT_LIMIT;
    this.stdout = new BoundedOutput(limit);
    this.stderr = new BoundedOutput(limit);
  }

  follow(child: ChildProcess): void {
    const streams = [this.followStream(child.stdout, 'stdout'), this.followStream(child.stderr, 'stderr')];
    this.ended = Promise.all(streams);
  }

  /** Lets go of the streams: another process may still hold their other ends open. */
  close(child: ChildProcess): void {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }

  result(): Pick<CommandResult, 'stdout' | 'stderr' | 'dropped'> {
    return {
      stdout: this.stdout.text(),
      stderr: this.stderr.text(),
      dropped: this.stdout.dropped + this.stderr.dropped,
    };
  }

  /** Settles when the stream is closed. */
  private followStream(stream: Readable | null, name: 'stdout' | 'stderr'): Promise<void> {
    const decoder = new StringDecoder('utf8'); // keeps the first bytes of a character until the others come
    const passOn = (text: string) => {
      if (text !== '') this.command.onOutput?.(text, name);
    };
    stream?.on('data', (chunk: Buffer) => {
      this.received += chunk.length;
      this[name].push(chunk);
      passOn(decoder.write(chunk));
    });
    return new Promise((resolve) => {
      if (stream === null) resolve();
      stream?.once('close', () => {
        passOn(decoder.end());
        resolve();
      });
    });
  }
}
