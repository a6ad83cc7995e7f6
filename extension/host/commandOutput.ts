import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { BoundedOutput } from './boundedOutput';
import type { Command, CommandResult, Stream } from './host';

/** Bytes kept of each stream when the command does not say. */
const OUTPUT_LIMIT = 8 * 1024 * 1024;

/** Both streams of a command: passed on as text while it runs, and kept within the limit for the result. */
export class CommandOutput {
  private readonly kept: Readonly<Record<Stream, BoundedOutput>>;
  /** They keep the first bytes of a character until the others come. */
  private readonly decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  /** Bytes of both streams so far. */
  received = 0;
  /** Settles when both streams have given all they had; at once before {@link follow}. */
  ended: Promise<unknown> = Promise.resolve();

  constructor(private readonly command: Command) {
    const limit = command.outputLimit ?? OUTPUT_LIMIT;
    this.kept = { stdout: new BoundedOutput(limit), stderr: new BoundedOutput(limit) };
  }

  follow(child: ChildProcess): void {
    const streams = [this.followStream(child.stdout, 'stdout'), this.followStream(child.stderr, 'stderr')];
    this.ended = Promise.all(streams);
  }

  /** The next bytes of a stream. */
  receive(chunk: Buffer, stream: Stream): void {
    this.received += chunk.length;
    this.kept[stream].push(chunk);
    this.passOn(this.decoders[stream].write(chunk), stream);
  }

  /** A stream has given all. */
  end(stream: Stream): void {
    this.passOn(this.decoders[stream].end(), stream);
  }

  /** Lets go of the streams: another process may still hold their other ends open. */
  close(child: ChildProcess): void {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }

  result(): Pick<CommandResult, 'stdout' | 'stderr' | 'dropped'> {
    const { stdout, stderr } = this.kept;
    return { stdout: stdout.text(), stderr: stderr.text(), dropped: stdout.dropped + stderr.dropped };
  }

  private passOn(text: string, stream: Stream): void {
    if (text !== '') this.command.onOutput?.(text, stream);
  }

  /** Settles when the stream is closed. */
  private followStream(stream: Readable | null, name: Stream): Promise<void> {
    stream?.on('data', (chunk: Buffer) => {
      this.receive(chunk, name);
    });
    return new Promise((resolve) => {
      if (stream === null) resolve();
      stream?.once('close', () => {
        this.end(name);
        resolve();
      });
    });
  }
}
