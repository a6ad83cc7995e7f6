import { readFile, writeFile } from 'node:fs/promises';
import { sizeOf } from '../core/bundle/bundle';
import { captureDigest } from '../core/bundle/captureDigest';
import { message } from '../core/message';
import { collectBundle, writeBundle } from '../doctor/bundle';
import { probe } from '../host/probe';
import { speaker } from './language';
import { parseArguments } from './arguments';
import { readPieces } from './decodeInput';
import { STATUS, type Io } from './io';
import { HOST_OPTIONS, directoryOn, headerDirectories, onHost } from './onHost';

/**
 * `toa-doctor bundle [DIR] [--log FILE] [--capture FILE] [--output FILE]`: lists what a report to a maintainer would hold, and writes it where `--output` says,
 * names and addresses replaced. `--log`: the output of the failed build or load. `--capture`: a capture of
 * handshakes, of which only what its options say goes into the report.
 */
export async function bundleCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positional } = parseArguments(args, {
    ...HOST_OPTIONS,
    log: { type: 'string' },
    capture: { type: 'string' },
    output: { type: 'string' },
  });
  const say = await speaker(io.env);
  const output = values.log === undefined ? undefined : await readFile(values.log, 'utf8');
  const options = values.capture === undefined ? undefined : await digestOf(values.capture, io);
  const bundle = await onHost(values, async (host) =>
    collectBundle(host, {
      directory: await directoryOn(host, values, positional),
      facts: await probe(host, { headerDirectories: headerDirectories(values) }),
      output,
      options,
    }),
  );
  for (const section of bundle.sections) {
    io.stdout.write(`${String(sizeOf(section).lines).padStart(6)}  ${say(section.title)}\n`);
  }
  if (values.output === undefined) {
    io.stderr.write(`${say(message('Nothing was written: name a file with --output FILE.'))}\n`);
    return STATUS.fine;
  }
  // Only its owner reads it, until it is sent.
  await writeFile(values.output, writeBundle(bundle, bundle.sections, say), { mode: 0o600 });
  io.stdout.write(`${values.output}\n`);
  return STATUS.fine;
}

async function digestOf(file: string, io: Io): Promise<string> {
  const digest = captureDigest();
  for await (const piece of readPieces(file, io)) digest.feed(piece);
  return digest.end();
}
