import { statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { moduleReads } from '../core/capture/summary';
import { Carriers } from '../core/decode/carriers';
import { Handshakes, tellMissing } from '../core/decode/handshakes';
import { createReader } from '../core/decode/reader';
import type { ToaState } from '../core/facts';
import { message } from '../core/message';
import { reasonOf, wordsOf } from '../core/messageError';
import { parseArguments } from './arguments';
import type { Command } from './command';
import { readPieces } from './decodeInput';
import type { ResultWriter } from './decodeOutput';
import { jsonWriter, summaryWriter, tableWriter } from './decodeOutput';
import { speaker } from './language';
import { AS_JSON } from './options';

/** The streams of a process, or stand-ins. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Whose locale decides the language; English when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const ABOUT = {
  operands: '[FILE|-]',
  about: message('client addresses in pasted options, dumps and captures of any size'),
  options: {
    summary: { type: 'boolean', about: message('each client once, with how often and where it was seen') },
    ...AS_JSON,
  },
  likeGrep: true,
} as const;

interface Arguments {
  readonly file: string;
  readonly json: boolean;
  readonly summary: boolean;
}

/** Asks for the toa module that is loaded on this machine. */
export type AskModule = () => Promise<ToaState | undefined>;

export const decodeCommand: Command = { ...ABOUT, run: (args, io) => runDecode(args, io) };

/**
 * `toa-doctor decode`: finds client addresses in text or a capture of any size. Exit status like grep's: 0 a client was found, 1 none,
 * 2 wrong use or unreadable input, told in one line on stderr. A file that is cut gives what came before. Where a toa module is loaded,
 * the last line on stderr says whether it reads these options.
 */
export async function runDecode(args: readonly string[], io: Terminal, askModule?: AskModule): Promise<number> {
  const fail = (problem: string): number => {
    io.stderr.write(`toa-doctor decode: ${problem}\n`);
    return 2;
  };
  let options: Arguments;
  try {
    options = readArguments(args);
  } catch (error) {
    return fail(reasonOf(error, await speaker(io.env ?? {})));
  }
  // Counted only where somebody will ask: it is a good part of the time that a capture takes.
  const carriers = askModule === undefined || options.json ? undefined : new Carriers();
  const { found, problem } = await decodeInto(await writerFor(options, io), options, io, carriers);
  if (carriers !== undefined && askModule !== undefined) await tellModule(carriers, io, askModule);
  if (problem !== undefined) return fail(`${options.file}: ${problem}`);
  return found ? 0 : 1;
}

async function tellModule(carriers: Carriers, { stderr, env = {} }: Terminal, askModule: AskModule): Promise<void> {
  const kinds = carriers.found();
  const toa = kinds.length === 0 ? undefined : await askModule();
  if (toa?.loaded !== true) return;
  const say = await speaker(env);
  stderr.write(`${say(moduleReads(kinds, toa))}\n`);
}

async function writerFor({ json, summary }: Arguments, { stdout, stderr, env = {} }: Terminal): Promise<ResultWriter> {
  const say = await speaker(env);
  const write = (text: string): void => {
    stdout.write(text);
  };
  const warn = (text: string): void => {
    stderr.write(text);
  };
  if (summary) return summaryWriter({ write, warn, say, json });
  return json ? jsonWriter(write, say) : tableWriter(write, say);
}

/** Reads the input to its end. An error after some of it was read comes after the results of what was. */
async function decodeInto(
  writer: ResultWriter,
  { file, json, summary }: Arguments,
  io: Pick<Terminal, 'stdin'>,
  carriers: Carriers | undefined,
): Promise<{ found: boolean; problem: string | undefined }> {
  // What comes by a pipe cannot be read again to see why it says nothing.
  const handshakes = new Handshakes();
  const reader = createReader({ brief: summary || !json, handshakes: file === '-' ? handshakes : undefined });
  const seen = { client: false, anything: false };
  let size = 0;
  const take = (): void => {
    const sightings = reader.takeSightings();
    seen.client ||= sightings.some(({ result }) => result.client !== null);
    seen.anything ||= sightings.length > 0;
    carriers?.add(sightings);
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
    problem = wordsOf(error);
    if (size === 0) return { found: false, problem };
  }
  reader.end();
  take();
  if (!seen.anything && problem === undefined) await watch(file, handshakes);
  writer.end(seen.anything ? undefined : tellMissing(handshakes.summary()));
  return { found: seen.client, problem };
}

/** Reads a file in which nothing was found once more, to tell which segments it has. */
async function watch(file: string, handshakes: Handshakes): Promise<void> {
  if (file === '-' || !statSync(file).isFile()) return;
  const reader = createReader({ brief: true, handshakes });
  for await (const piece of readPieces(file, { stdin: Readable.from([]) })) reader.feed(piece);
  reader.end();
}

function readArguments(args: readonly string[]): Arguments {
  const { values, operands } = parseArguments(args, ABOUT);
  const { json = false, summary = false } = values;
  return { file: operands[0] ?? '-', json, summary };
}
