// Where the workspace is not trusted: options are decoded and outputs explained, and nothing at all is run; trusting changes that.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { moduleWorkspace } from '../headers/workspace';
import { findCommand } from '../tools/systemPackages';
import { withEditor, type Editor } from './harness/editor';

const made: (() => void)[] = [];
afterEach(() => {
  for (const remove of made.splice(0)) remove();
});

/** All that the extension ever starts here; `git` is VS Code's own. */
const PROGRAMS = [
  'sh',
  'bash',
  'make',
  'ssh',
  'uname',
  'gcc',
  'tcpdump',
  'modinfo',
  'dmesg',
  'env',
  'ansible-inventory',
];

/** Programs that come first in PATH and write down that they are run, and how. */
function recorders(): { readonly path: string; runs(): readonly string[] } {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-recorders-'));
  const log = join(directory, 'log');
  made.push(() => {
    rmSync(directory, { recursive: true });
  });
  for (const name of PROGRAMS) {
    const real = findCommand(name) ?? '/bin/false';
    const text = `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>'${log}'\nexec ${real} "$@"\n`;
    writeFileSync(join(directory, name), text, { mode: 0o755 });
  }
  return {
    path: directory,
    runs: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}

/** The commands that the palette offers for this text. */
async function offered({ page }: Editor, text: string): Promise<readonly string[]> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget:visible input.input').fill(`>${text}`);
  const rows = page.locator('.quick-input-widget:visible .monaco-list-row');
  await rows.first().waitFor();
  await page.waitForTimeout(500); // it filters a moment later
  const found = await rows.allInnerTexts();
  await page.keyboard.press('Escape');
  return found.map((row) => row.split('\n')[0] ?? '').filter((row) => row.startsWith('TOA:'));
}

const TRUST = 'TOA: Trust This Workspace to Build, Diagnose and Install…';

it('nothing is run in an untrusted workspace, the palette says so, and trusting enables it', async () => {
  const recorded = recorders();
  const mark = join(recorded.path, 'mark');
  const workspace = moduleWorkspace(`obj-m := demo.o\nRAN := $(shell touch ${mark})\nall:\n\ttouch ${mark}\n`);
  made.push(() => {
    workspace.remove();
  });
  const env = { PATH: `${recorded.path}:${process.env['PATH'] ?? ''}` };
  await withEditor('trust', { workspace: workspace.path, asksForTrust: true, env }, async (editor) => {
    const { page } = editor;
    await editor.openFromExplorer('Makefile');
    expect(await offered(editor, 'TOA: Build')).toEqual([TRUST]);
    for (const title of ['Diagnose', 'Install', 'Check Hosts', 'Open Remote', 'Capture', 'Verify'])
      expect((await offered(editor, `TOA: ${title}`)).filter((row) => row.startsWith(`TOA: ${title}`))).toEqual([]);
    await editor.runCommand('View: Show TOA');
    await page.locator('.welcome-view-content', { hasText: 'so nothing is run on the host' }).waitFor();

    await editor.runCommand('TOA: Open Hex Decoder');
    const decoder = await editor.findWebviewFrame('#text');
    await decoder.locator('#text').fill('fe 08 1f 90 0a 01 02 03');
    await decoder.locator('#results', { hasText: '10.1.2.3:8080' }).waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(
      `navigator.clipboard.writeText('insmod: ERROR: could not insert module a.ko: Invalid module format')`,
    );
    await editor.runCommand('TOA: Explain Selection or Clipboard');
    await editor.findWebviewFrame('h1');
    await editor.screenshot('trust-not-yet');
    expect(recorded.runs()).toEqual([]);
    expect(existsSync(mark)).toBe(false);

    await editor.runCommand(TRUST);
    await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await expect.poll(recorded.runs, { timeout: 60_000 }).toContainEqual(expect.stringMatching(/^sh -s/));
    await editor.runCommand('TOA: Build Module');
    await expect.poll(() => existsSync(mark), { timeout: 60_000 }).toBe(true);
    expect(await offered(editor, 'TOA: Trust')).not.toContain(TRUST);
  });
});
