import { readFile, writeFile } from 'node:fs/promises';
import { linesOf } from '../core/bundle/bundle';
import { captureDigest } from '../core/bundle/captureDigest';
import { message } from '../core/message';
import { collectBundle, writeBundle } from '../doctor/bundle';
import { probe } from '../host/probe';
import { speaker } from './language';
import { command } from './command';
import { readPieces } from './decodeInput';
import { STATUS, type Io } from './io';
import { pathOn, headerDirectories, onHost } from './onHost';
import { HEADERS, WHERE } from './options';

const ABOUT = {
  operands: '[DIR]',
  about: message('list, and write, what a maintainer asks for, with names and addresses replaced'),
  options: {
    output: { type: 'string', value: 'FILE', about: message('write it there; without it nothing is written') },
    log: { type: 'string', value: 'FILE', about: message('with the output of the failed build or load') },
    capture: {
      type: 'string',
      value: 'FILE',
      about: message('with what the options in a capture of handshakes say, and nothing else of it'),
    },
    ...HEADERS,
    ...WHERE,
  },
} as const;

export const bundleCommand = command(ABOUT, async ({ values, operands }, io) => {
  const say = await speaker(io.env);
  const output = values.log === undefined ? undefined : await readFile(values.log, 'utf8');
  const options = values.capture === undefined ? undefined : await digestOf(values.capture, io);
  const bundle = await onHost(values, async (host) =>
    collectBundle(host, {
      directory: await pathOn(host, values, operands[0]),
      facts: await probe(host, { headerDirectories: headerDirectories(values) }),
      output,
      options,
    }),
  );
  for (const section of bundle.sections) {
    io.stdout.write(`${String(linesOf(section)).padStart(6)}  ${say(section.title)}\n`);
  }
  if (values.output === undefined) {
    io.stderr.write(`${say(message('Nothing was written: name a file with --output FILE.'))}\n`);
    return STATUS.fine;
  }
  // Only its owner reads it, until it is sent.
  await writeFile(values.output, writeBundle(bundle, bundle.sections, say), { mode: 0o600 });
  io.stdout.write(`${values.output}\n`);
  return STATUS.fine;
});

async function digestOf(file: string, io: Io): Promise<string> {
  const digest = captureDigest();
  for await (const piece of readPieces(file, io)) digest.feed(piece);
  return digest.end();
}
