import { readFile, writeFile } from 'node:fs/promises';

import { sizeOf } from '../core/bundle/bundle';
import { collectBundle, writeBundle } from '../doctor/bundle';
import { probe } from '../host/probe';
import { speaker } from './language';
import { parseArguments } from './arguments';
import { STATUS, type Io } from './io';
import { HOST_OPTIONS, directoryOn, headerDirectories, onHost } from './onHost';

/**
 * `toa-doctor bundle [DIR] [--log FILE] [--output FILE]`: lists what a report to a maintainer would hold, and writes it where `--output` says,
 * names and addresses replaced. `--log`: the output of the failed build or load.
 */
export async function bundleCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positional } = parseArguments(args, {
    ...HOST_OPTIONS,
    log: { type: 'string' },
    output: { type: 'string' },
  });
  const say = await speaker(io.env);
  const output = values.log === undefined ? undefined : await readFile(values.log, 'utf8');
  const bundle = await onHost(values, async (host) =>
    collectBundle(host, {
      directory: await directoryOn(host, values, positional),
      facts: await probe(host, { headerDirectories: headerDirectories(values) }),
      output,
      options: undefined,
    }),
  );
  for (const section of bundle.sections) {
    io.stdout.write(`${String(sizeOf(section).lines).padStart(6)}  ${say(section.title)}\n`);
  }
  if (values.output === undefined) {
    io.stderr.write('Nothing was written: name a file with --output FILE.\n');
    return STATUS.fine;
  }
  // Only its owner reads it, until it is sent.
  await writeFile(values.output, writeBundle(bundle, bundle.sections, say), { mode: 0o600 });
  io.stdout.write(`${values.output}\n`);
  return STATUS.fine;
}
