#!/usr/bin/env node
import { join } from 'node:path';
import { decodeCommand } from './cli/decode';

/** All other commands are in chunks of their own: reading them in takes longer than decoding a capture of some megabytes. */
async function main([verb = '', ...args]: readonly string[]): Promise<number> {
  if (verb === 'decode') return decodeCommand(args, process);
  const { runCli } = await import('./cli/run');
  return runCli([verb, ...args], process, join(__dirname, '../kernel'));
}

/** `toa-doctor … | head` closes the pipe early: nobody reads any more, and that is no fault. */
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.stderr.write(`toa-doctor: ${message}\n`);
  process.exit(code === 'EPIPE' ? 0 : 2);
});

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
