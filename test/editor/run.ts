// Runs the suites of test/editor/suite in each editor, on this checkout's extension (built before). `run.ts 1.96` runs one.
// The editors run on what looks like a server with Debian's headers of several kernels, none of them the running one.
// TOA_DOCTOR_DESKTOP=1 uses the desktop's VS Code, which @vscode/test-electron downloads, instead of the served one.
// The counts of all runs go to the file TOA_DOCTOR_COUNTS.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { addCounts, noTests, type Counts } from '../tools/counts';
import { desktopVersions, editorHost, editorVersions, type EditorVersion } from '../tools/editorHost';
import { extensionId, root } from '../tools/project';
import { headersRoot } from '../vm/debianKernels';
import { bundleSuites } from './bundle';

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !editorVersions.some((version) => version === name));
  if (unknown.length > 0)
    throw new Error(`No editor ${unknown.join(', ')}; there are ${editorVersions.join(' and ')}.`);
  const versions = editorVersions.filter((version) => wanted.length === 0 || wanted.includes(version));
  const entry = await bundleSuites();
  let counts = noTests;
  for (const version of versions) counts = addCounts(counts, await testIn(version, entry));
  const file = process.env['TOA_DOCTOR_COUNTS'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  if (counts.failed > 0) process.exitCode = 1;
}

/** Runs all suites in one editor, in a fresh profile and on a fresh copy of the workspace. A run without a result has failed. */
async function testIn(version: EditorVersion, entry: string): Promise<Counts> {
  console.log(`VS Code ${version}`);
  const desktop = process.env['TOA_DOCTOR_DESKTOP'] === '1';
  if (!desktop) await editorHost(version);
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-suites-'));
  const workspace = join(directory, 'workspace');
  const result = join(directory, 'result.json');
  cpSync(join(root, 'test/editor/workspace'), workspace, { recursive: true });
  const extension = process.env['TOA_DOCTOR_EXTENSION_PATH'] ?? root;
  try {
    await runTests({
      ...(desktop
        ? { version: desktopVersions[version] }
        : { vscodeExecutablePath: join(root, 'test/editor/launcher/code') }),
      extensionDevelopmentPath: extension,
      extensionTestsPath: entry,
      extensionTestsEnv: {
        ...(desktop ? {} : { TOA_DOCTOR_WORLD: (await headersRoot()).root }),
        TOA_DOCTOR_EDITOR: version,
        TOA_DOCTOR_RESULT: result,
        TOA_DOCTOR_EXTENSION_ID: extensionId(),
        TOA_DOCTOR_EXTENSION_PATH: extension,
      },
      launchArgs: [
        workspace,
        `--user-data-dir=${join(directory, 'data')}`,
        `--extensions-dir=${join(directory, 'extensions')}`,
      ],
    });
    return readResult(result, version);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    const counts = existsSync(result) ? readResult(result, version) : noTests;
    // A run that fails without a failed test has failed all the same.
    return counts.failed > 0 ? counts : addCounts(counts, { ...noTests, failed: 1 });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function readResult(file: string, version: EditorVersion): Counts {
  if (!existsSync(file)) throw new Error(`VS Code ${version} ended without saying how the tests went.`);
  return JSON.parse(readFileSync(file, 'utf8')) as Counts;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
