import { parseArgs } from 'node:util';
import { createReader } from '../core/decode/reader';
import { readPieces } from './decodeInput';
import type { ResultWriter } from './decodeOutput';
import { jsonWriter, summaryWriter, tableWriter } from './decodeOutput';

/** The streams of a process, or stand-ins. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

const USAGE = 'usage: toa-doctor decode [--json] [--summary] [FILE|-]';

interface Arguments {
  readonly file: string;
  readonly json: boolean;
  readonly summary: boolean;
  readonly help: boolean;
}

/**
 * `toa-doctor decode [--json] [--summary] [FILE|-]`: finds client addresses in text or a capture of any size. Exit status like grep's: 0 a
 * client was found, 1 none, 2 wrong use or unreadable input, told in one line on stderr. A file that is cut gives what came before.
 */
export async function decodeCommand(args: readonly string[], io: Terminal): Promise<number> {
  const fail = (problem: string): number => {
    io.stderr.write(`toa-doctor decode: ${problem}\n`);
    return 2;
  };
  const options = readArguments(args);
  if (typeof options === 'string') return fail(`${options}; ${USAGE}`);
  if (options.help) {
    io.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { found, problem } = await decodeInto(writerFor(options, io), options, io);
  if (problem !== undefined) return fail(`${options.file}: ${problem}`);
  return found ? 0 : 1;
}

function writerFor({ json, summary }: Arguments, { stdout, stderr }: Terminal): ResultWriter {
  const write = (text: string): void => {
    stdout.write(text);
  };
  const warn = (text: string): void => {
    stderr.write(text);
  };
  if (summary) return summaryWriter(write, json, warn);
  return json ? jsonWriter(write) : tableWriter(write);
}

/** Reads the input to its end. An error after some of it was read comes after the results of what was. */
async function decodeInto(
  writer: ResultWriter,
  { file, json, summary }: Arguments,
  io: Pick<Terminal, 'stdin'>,
): Promise<{ found: boolean; problem: string | undefined }> {
  const reader = createReader({ brief: summary || !json });
  let found = false;
  let size = 0;
  const take = (): void => {
    const sightings = reader.takeSightings();
    found ||= sightings.some(({ result }) => result.client !== null);
    writer.add(sightings);
  };
  let problem: string | undefined;
  try {
    for await (const piece of readPieces(file, io)) {
      size += piece.length;
      reader.feed(piece);
      take();
    }
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
    if (size === 0) return { found, problem };
  }
  reader.end();
  take();
  writer.end();
  return { found, problem };
}

function readArguments(args: readonly string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, summary: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (positionals.length > 1) return 'more than one file';
    const { json = false, summary = false, help = false } = values;
    return { file: positionals[0] ?? '-', json, summary, help };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
