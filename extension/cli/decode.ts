import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Decoded } from '../core/decode/decoded';
import { decodeBytes } from '../core/decode/decode';
import { render } from '../core/message';

/** The streams of a process, or stand-ins. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

const USAGE = 'usage: toa-doctor decode [--json] [FILE|-]';
const LARGEST_UNPACKED = 1 << 30;

/**
 * `toa-doctor decode [--json] [FILE|-]`: finds client addresses in text or a capture. Exit status like grep's: 0 a client was found, 1 none,
 * 2 wrong use or unreadable input, told in one line on stderr.
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
  let results: readonly Decoded[];
  try {
    results = decodeBytes(unpack(await readInput(options.file, io)));
  } catch (error) {
    return fail(`${options.file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  io.stdout.write(options.json ? `${JSON.stringify(results.map(forJson), undefined, 1)}\n` : table(results));
  return results.some(({ client }) => client !== null) ? 0 : 1;
}

function readArguments(args: readonly string[]): { file: string; json: boolean; help: boolean } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (positionals.length > 1) return 'more than one file';
    return { file: positionals[0] ?? '-', json: values.json ?? false, help: values.help ?? false };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function readInput(file: string, io: Terminal): Promise<Uint8Array> {
  return file === '-' ? await buffer(io.stdin) : await readFile(file);
}

function unpack(bytes: Uint8Array): Uint8Array {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return packed ? gunzipSync(bytes, { maxOutputLength: LARGEST_UNPACKED }) : bytes;
}

/** Messages become sentences; everything else is as in {@link Decoded}. */
function forJson({ note, alternative, ...rest }: Decoded): unknown {
  return {
    ...rest,
    ...(note && { note: render(note) }),
    ...(alternative && { alternative: { client: alternative.client, reason: render(alternative.reason) } }),
  };
}

const HEADINGS = ['FRAME', 'CLIENT', 'KIND', 'DIALECT', 'STATUS', 'SEGMENT', 'NOTE'];

function table(results: readonly Decoded[]): string {
  if (results.length === 0) return 'No client address found.\n';
  const rows = [HEADINGS, ...results.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function cells({ frame, client, port, kind, dialect, status, segment, note, vip, alternative }: Decoded): string[] {
  const notes = [
    note === undefined ? '' : render(note),
    vip === undefined ? '' : `Service: ${vip}.`,
    alternative === undefined ? '' : `Or ${alternative.client}: ${render(alternative.reason)}`,
  ];
  return [
    String(frame),
    client ?? (port === null ? '-' : `?:${port}`),
    kind === null ? '-' : String(kind),
    dialect,
    status,
    segment ?? '-',
    notes.filter((part) => part !== '').join(' '),
  ];
}
