import type { Decoded } from '../core/decode/decoded';
import { countSegments, type CaptureCount } from '../core/capture/count';
import { readSegments } from '../core/capture/segments';
import { message, type Message } from '../core/message';
import type { CommandResult, Host } from '../host/host';
import { splitByStream } from './outputLines';

export interface CaptureOptions {
  /** Seconds until tcpdump is ended; none for a file, which it reads to its end. */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
  /** What tcpdump prints, in whole lines, as it comes. */
  readonly onText?: (lines: string) => void;
  /** What each segment's options say, as it comes. */
  readonly onResults?: (results: readonly Decoded[]) => void;
}

/** How a capture ended. Stopped by the user, it still counts what came before. */
export interface CaptureReport {
  readonly outcome: 'done' | 'cancelled' | 'failed';
  /** Why it failed, in one line. */
  readonly problem: Message | undefined;
  readonly count: CaptureCount;
  /** Packets that tcpdump was too slow to see; absent where it did not say. */
  readonly dropped: number | undefined;
}

/** Bytes of tcpdump's own words that are kept. What it prints of packets is read as it comes. */
const OUTPUT_LIMIT = 16 * 1024;

/** Runs a tcpdump that prints with `-x` and decodes while it runs. Leaves no process, however it ends. Never rejects. */
export async function capture(
  host: Host,
  argv: readonly [string, ...string[]],
  { seconds, signal, onText, onResults }: CaptureOptions,
): Promise<CaptureReport> {
  const counter = countSegments();
  const segments = readSegments((segment) => {
    counter.add(segment);
    if (segment.results.length > 0) onResults?.(segment.results);
  });
  const lines = splitByStream((whole) => {
    segments.feed(whole);
    onText?.(whole);
  });
  const result = await host.run({
    argv,
    outputLimit: OUTPUT_LIMIT,
    onOutput: (text, stream) => {
      if (stream === 'stdout') lines.feed(text, stream);
    },
    ...(seconds === undefined ? {} : { timeout: seconds * 1000 }),
    ...(signal === undefined ? {} : { signal }),
  });
  lines.end();
  segments.end();
  return { ...endingOf(result), count: counter.count(), dropped: droppedIn(result.stderr) };
}

/** The time limit is the usual end, as is the limit of packets. */
function endingOf(result: CommandResult): Pick<CaptureReport, 'outcome' | 'problem'> {
  if (result.outcome === 'cancelled') return { outcome: 'cancelled', problem: undefined };
  if (result.outcome === 'timed-out' || result.code === 0) return { outcome: 'done', problem: undefined };
  return { outcome: 'failed', problem: whyFailed(result) };
}

function whyFailed({ stderr, reason }: CommandResult): Message {
  if (/permission|not permitted/i.test(stderr))
    return message('Capturing needs root, and tcpdump was refused. Run it as root or with sudo.');
  const words = stderr.split('\n').filter((line) => line.startsWith('tcpdump: '));
  const last = words.at(-1)?.slice('tcpdump: '.length, 400) ?? reason ?? 'ended without a word';
  return message('tcpdump failed: {words}', { words: last });
}

function droppedIn(stderr: string): number | undefined {
  const count = /^(\d{1,15}) packets? dropped by kernel/m.exec(stderr)?.[1];
  return count === undefined ? undefined : Number(count);
}
