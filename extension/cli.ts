#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runDecode } from './cli/decode';
import { asksHelp } from './cli/arguments';
import type { ToaState } from './core/facts';

/** All other commands are in chunks of their own: reading them in takes longer than decoding a capture of some megabytes. */
async function main([verb = '', ...args]: readonly string[]): Promise<number> {
  if (verb === 'decode' && !asksHelp(args))
    return runDecode(args, process, existsSync('/sys/module/toa') ? askModule : undefined);
  const { runCli } = await import('./cli/run');
  return runCli([verb, ...args], process, join(__dirname, '../kernel'));
}

async function askModule(): Promise<ToaState | undefined> {
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
