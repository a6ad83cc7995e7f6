import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What GNU make ran: the arguments of each command, as the shell passed them. */
export interface MakeRun {
  readonly directory: string;
  readonly commands: readonly (readonly string[])[];
  /** What follows `-C` in each. */
  readonly trees: readonly string[];
  readonly output: string;
}

interface MakeOptions {
  readonly release: string;
  readonly targets?: readonly string[];
  readonly arguments?: readonly string[];
}

/** Commands that recipes run, replaced by a script that writes its arguments down. */
const RECORDED = ['make', 'install', 'cp', 'rm', 'depmod', 'tar', 'cc'];

/**
 * Runs the real GNU make on a Makefile, in a directory of its own, with a `uname` that prints `release`. Nested makes,
 * installs and removals are recorded and do nothing.
 */
export function runMake(makefile: string, options: MakeOptions): MakeRun {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'toa-make-')));
  try {
    const bin = mkdtempSync(join(directory, 'bin'));
    writeScript(join(bin, 'uname'), `[ "$1" = -r ] && echo '${options.release}'`);
    for (const name of RECORDED) {
      writeScript(
        join(bin, name),
        `{ printf '%s' "\${0##*/}"; for word; do printf '\\t%s' "$word"; done; echo; } >>"$RECORD"`,
      );
    }
    for (const tool of ['sed', 'cut', 'pwd']) symlinkSync(join('/usr/bin', tool), join(bin, tool));
    const record = join(directory, 'record');
    writeFileSync(join(directory, 'Makefile'), makefile);
    const made = spawnSync('/usr/bin/make', ['-i', ...(options.arguments ?? []), ...(options.targets ?? [])], {
      argv0: 'make',
      cwd: directory,
      encoding: 'utf8',
      env: { PATH: bin, PWD: directory, RECORD: record, LC_ALL: 'C' },
    });
    if (made.status !== 0) throw new Error(`make failed: ${made.error?.message ?? made.stderr}`);
    const lines = existsSync(record) ? readFileSync(record, 'utf8').split('\n').filter(Boolean) : [];
    const commands = lines.map((line) => line.split('\t'));
    return { directory, commands, output: made.stdout, trees: commands.flatMap(treesOf) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function treesOf(command: readonly string[]): readonly string[] {
  return command.flatMap((word, index) =>
    command[0] === 'make' && isDirectoryOption(command[index - 1]) ? [word] : [],
  );
}

function writeScript(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

function isDirectoryOption(word: string | undefined): boolean {
  return word === '-C' || word === '--directory';
}
