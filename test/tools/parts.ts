// The parts of `npm test`: what each runs, and how many tests it ran.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noTests, type Counts } from './counts';
import { editorHost, editorVersions } from './editorHost';
import { root } from './project';
import { tryRun } from './run';
import {
  captureTools,
  causeTools,
  chromium,
  decodeTools,
  kernelTools,
  remoteTools,
  serverTools,
  Unavailable,
  unitTools,
  virtualMachine,
  type SystemPackage,
} from './systemPackages';
import { debianServer } from '../plan/debianServer';
import { serverDisk } from '../vm/bootedServer';
import { headersRoot } from '../vm/debianKernels';
import { requireWorld } from './world';
import { requireSite } from '../causes/site';
import { newestHeaders, sourceRoot } from '../causes/trees';

export interface PartResult {
  readonly counts: Counts;
  readonly output: string;
}

export interface Part {
  readonly name: string;
  /** Runs only when it is named: many minutes of what other parts test in small. */
  readonly onDemand?: true;
  /** What it tests is built by the part `build`. */
  readonly needsBuild: boolean;
  /** The system's packages it needs; all parts' are installed before the first part runs, since apt takes one at a time. */
  readonly packages: readonly SystemPackage[];
  /** Downloads what it needs; rejects with `Unavailable` when it has to be skipped on this machine. */
  readonly prepare: () => Promise<void>;
  readonly run: () => Promise<PartResult>;
}

/** Colours only for people: what is captured otherwise goes to a log. */
const plain: Readonly<Record<string, string>> = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

type Argv = readonly [string, ...string[]];

/** A command that is one test: it passes when it ends with status 0. */
async function check(...argv: Argv): Promise<PartResult> {
  const { code, output } = await tryRun(argv, { cwd: root, env: plain });
  return { counts: { ...noTests, ...(code === 0 ? { passed: 1 } : { failed: 1 }) }, output };
}

/** Runs a test runner that writes a file with its counts; one that fails without a failed test has failed once. */
async function count(
  argv: (file: string) => Argv,
  read: (text: string) => Counts,
  env: (file: string) => Readonly<Record<string, string>> = () => ({}),
): Promise<PartResult> {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-counts-'));
  const file = join(directory, 'counts.json');
  try {
    const { code, output } = await tryRun(argv(file), { cwd: root, env: { ...plain, ...env(file) } });
    const counts = existsSync(file) ? read(readFileSync(file, 'utf8')) : noTests;
    const broken = counts.failed === 0 && (code !== 0 || counts.passed + counts.skipped === 0);
    return { counts: broken ? { ...counts, failed: 1 } : counts, output };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const program = (name: string): string => join(root, 'node_modules/.bin', name);

const vitest = (...args: string[]): Promise<PartResult> =>
  count(
    (file) => [program('vitest'), 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    (text) => {
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(text) as Record<
        string,
        number
      >;
      const skipped = (numPendingTests ?? 0) + (numTodoTests ?? 0);
      return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0, skipped };
    },
  );

const real = (directory: string, ...more: string[]): Promise<PartResult> =>
  vitest('--config', 'test/tools/vitest.real.config.mts', '--dir', directory, ...more);

const editor = (): Promise<PartResult> =>
  count(
    () => [process.execPath, '--import', 'tsx', join(root, 'test/editor/run.ts')],
    (text) => JSON.parse(text) as Counts,
    (file) => ({ TOA_DOCTOR_COUNTS: file }),
  );

/** A machine that looks like a server with headers. */
async function prepareWorld(): Promise<void> {
  await requireWorld();
  await headersRoot();
}

/** A server to install on; root alone can make one. */
async function prepareServer(): Promise<void> {
  await prepareWorld();
  if (process.getuid?.() !== 0) throw new Unavailable('Only root can make a server to install on.');
  await debianServer();
  await serverDisk();
}

/** Editors on such a machine. */
async function prepareEditors(): Promise<void> {
  await prepareWorld();
  for (const version of editorVersions) await editorHost(version);
}

/** Machines to break, with the trees that only they need. */
async function prepareSites(): Promise<void> {
  await requireSite();
  await headersRoot();
  await newestHeaders();
  await sourceRoot();
}

/** The files share nothing and wait more than they work. */
const twoAbreast = ['--fileParallelism', '--maxWorkers=2'];

const quick = { needsBuild: false, packages: [], prepare: () => Promise.resolve() };
const onHeaders = { needsBuild: true, packages: kernelTools, prepare: prepareWorld };
const onServer = { needsBuild: true, packages: serverTools, prepare: prepareServer };
const inEditors = {
  needsBuild: true,
  packages: [chromium, ...captureTools, ...remoteTools],
  prepare: prepareEditors,
};

/** In the order in which they are taken: the build that many wait for, then the long ones, so that all end at about the same time. */
export const parts: readonly Part[] = [
  { name: 'build', ...quick, run: () => check('npm', 'run', '--silent', 'package') },
  { name: 'lint', ...quick, run: () => check('npm', 'run', '--silent', 'lint') },
  { name: 'flows', ...inEditors, run: () => real('test/flows') },
  { name: 'causes', ...quick, packages: causeTools, prepare: prepareSites, run: () => real('test/causes') },
  { name: 'plan', ...onServer, run: () => real('test/plan', '--exclude', '**/reboot.test.ts') },
  { name: 'headers', ...onHeaders, run: () => real('test/headers') },
  { name: 'remote', ...onHeaders, packages: remoteTools, run: () => real('test/remote', ...twoAbreast) },
  { name: 'vm', ...onHeaders, needsBuild: false, packages: virtualMachine, run: () => real('test/vm', '--no-isolate') },
  { name: 'unit', ...quick, packages: unitTools, run: () => vitest() },
  { name: 'editor', ...inEditors, run: editor },
  { name: 'decode', ...quick, packages: decodeTools, run: () => real('test/decode') },
  { name: 'types', ...quick, run: () => check('npm', 'run', '--silent', 'types') },
  { name: 'capture', ...onHeaders, packages: captureTools, run: () => real('test/capture') },
  { name: 'reboot', onDemand: true, ...onServer, run: () => real('test/plan', 'reboot') },
  { name: 'matrix', onDemand: true, ...onHeaders, needsBuild: false, run: () => real('test/matrix') },
];
