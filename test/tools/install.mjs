// `node install.mjs SCRIPT.ts [ARGUMENT...]`: installs the project's packages when they are missing or older than the lock file,
// then runs the script with tsx, in this very process, so that signals reach it. Plain Node, since nothing else is there yet.
import { execFileSync } from 'node:child_process';
import { lstatSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setInterval } from 'node:timers';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [, , script = '', ...rest] = process.argv;

/** Modification time in milliseconds, 0 when there is no such file. */
const modified = (path) => statSync(resolve(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** npm writes this file last, so an interrupted installation has none. */
const installed = modified('node_modules/.package-lock.json');

/** A worktree may borrow the packages of another checkout by a link: `npm ci` would empty that one's. */
const isBorrowed = lstatSync(resolve(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true;

if (!isBorrowed && installed < modified('package-lock.json')) {
  console.log(
    `Packages are ${installed === 0 ? 'not installed' : 'older than package-lock.json'}: npm ci --ignore-scripts`,
  );
  try {
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  } catch (error) {
    console.error(`npm ci failed, so there is nothing to run with: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}

// A signal sent to npm alone ends npm and its shell, but does not come through to us.
const parent = process.ppid;
const orphaned = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM');
if (process.env['npm_lifecycle_event']) setInterval(orphaned, 500).unref();

process.argv = [process.execPath, resolve(script), ...rest];
await import('tsx');
await import(pathToFileURL(resolve(script)).href);
