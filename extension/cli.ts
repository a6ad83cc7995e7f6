#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCommand } from './cli/decode';
import type { ToaState } from './core/facts';

/** All other commands are in chunks of their own: reading them in takes longer than decoding a capture of some megabytes. */
async function main([verb = '', ...args]: readonly string[]): Promise<number> {
  if (verb === 'decode') return decodeCommand(args, process, askModule);
  const { runCli } = await import('./cli/run');
  return runCli([verb, ...args], process, join(__dirname, '../kernel'));
}

/** Most machines have no such module, and are not asked for more. */
async function askModule(): Promise<ToaState | undefined> {
  if (!existsSync('/sys/module/toa')) return undefined;
  const { moduleHere } = await import('./cli/moduleHere');
  return moduleHere();
}

/** `toa-doctor … | head` closes the pipe early: nobody reads any more, and that is no fault. */
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.stderr.write(`toa-doctor: ${message}\n`);
  process.exit(code === 'EPIPE' ? 0 : 2);
});

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
