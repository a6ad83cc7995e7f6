// Installing, verifying and uninstalling for real on a server by ssh, as a person does it: the steps are read, copied, run; the one that cannot work,
// since its kernel does not run, is explained; what the verification finds is a page; and all is taken back. Then a file of this machine is brought there.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { expect, it } from 'vitest';
import type { OwnRootHost } from '../remote/hosts/ownRoot';
import { withEditor, type Editor } from './harness/editor';
import { RELEASE, startInstallServer } from './harness/installServer';
import { checkLooks } from './harness/looks';

const MODULE = `/lib/modules/${RELEASE}/extra/toa.ko`;
/** As if it had been built there. */
const BUILT = '/root/demo/toa.ko';
/** Milliseconds. */
const BUILDING = 180_000;

it('a module is installed step by step, verified and uninstalled, and a vendor’s file is brought from this machine', async () => {
  const host = await startInstallServer();
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-vendor-'));
  const settings = { 'toa.ssh.configFile': host.configFile };
  try {
    await withEditor('install', { workspace: 'toa-ssh://server/root/demo', settings }, async (editor) => {
      await install(editor, host);
      writeFileSync(join(directory, 'toa.ko'), await host.inside('cat', MODULE));
      await host.inside('cp', MODULE, BUILT);
      await verify(editor);
      await uninstall(editor, host);
      await offerBuilt(editor);
      await bringFile(editor, host, join(directory, 'toa.ko'));
    });
  } finally {
    await host.stop();
    rmSync(directory, { recursive: true });
  }
}, 900_000);

/** The step with this text in its title. */
const step = (frame: Frame, title: string) => frame.locator('#steps > li', { hasText: title }).first();

async function install(editor: Editor, host: OwnRootHost): Promise<void> {
  await editor.runCommand('TOA: Install Module…');
  await editor.pick('TOA Doctor’s own module');
  const frame = await editor.findWebviewFrame('#steps > li');
  expect(await frame.locator('#subtitle').innerText()).toContain(`For the kernel ${RELEASE} on server.`);
  const make = step(frame, 'Build the module');
  const command = `make KVER=${RELEASE}`;
  expect(await make.innerText()).toContain(command);
  await make.getByText('How it is checked').click();
  expect(await make.locator('details[open] pre').innerText()).toContain(RELEASE);
  await make.getByRole('button', { name: 'Copy the commands' }).click();
  const copied = await editor.clipboard();
  expect(copied).toContain(command);
  await frame.getByRole('button', { name: 'Copy as Script' }).click();
  expect(await editor.clipboard(copied)).toMatch(/^#!\/bin\/sh\n[^]*modprobe/);
  await editor.screenshot('install');
  expect((await host.inside('ls', '/var/lib')).toString()).not.toContain('toa-doctor');

  await frame.getByRole('button', { name: /^Run \d+ Steps$/ }).click();
  await frame.locator('li.failed', { hasText: 'Load the module' }).waitFor({ timeout: BUILDING });
  expect(await make.getAttribute('class')).toBe('done');
  expect((await host.inside('modinfo', '-F', 'vermagic', MODULE)).toString()).toMatch(new RegExp(`^${RELEASE} `));
  await frame.locator('#stays', { hasText: `${RELEASE} (running)` }).waitFor({ timeout: 60_000 });
  await editor.screenshot('install-explained');
  await checkLooks(editor, 'install', frame);
  await frame.locator('li.failed').getByRole('button', { name: 'Show Why' }).click();
  await checkLooks(editor, 'finding', await editor.findWebviewFrame('article h1'));
}

async function verify(editor: Editor): Promise<void> {
  await editor.runCommand('TOA: Verify Client Address…');
  await editor.answer('The port that the application listens on', '22');
  const page = await editor.findWebviewFrame('h1:has-text("No toa module is loaded on this host")');
  expect(await page.locator('main').innerText()).toContain('/sys/module/toa: not there');
  await page.getByRole('link', { name: 'Install Module…' }).waitFor();
  await checkLooks(editor, 'verify', page);
}

async function uninstall(editor: Editor, host: OwnRootHost): Promise<void> {
  await editor.runCommand('TOA: Uninstall Module…');
  const frame = await editor.findWebviewFrame('h1:has-text("Uninstall what TOA Doctor has installed")');
  await editor.screenshot('uninstall');
  await frame.getByRole('button', { name: /^Undo \d+ Steps$/ }).click();
  await frame.locator('#summary.good', { hasText: 'what was there before is back' }).waitFor({ timeout: BUILDING });
  expect(await frame.locator('#steps > li:not(.undone)').count()).toBe(0);
  await expect(host.inside('ls', MODULE)).rejects.toThrow();
}

/** What the workspace has built is in the list. */
async function offerBuilt(editor: Editor): Promise<void> {
  await editor.runCommand('TOA: Diagnose');
  await editor.page.locator('.pane-body .monaco-list-row', { hasText: /^toa\.ko/ }).waitFor({ timeout: 60_000 });
  await editor.runCommand('TOA: Install Module…');
  await editor.pick(BUILT);
  const frame = await editor.findWebviewFrame(`pre:has-text("${BUILT}")`);
  expect(await step(frame, 'Copy the module').innerText()).toContain(BUILT);
}

async function bringFile(editor: Editor, host: OwnRootHost, file: string): Promise<void> {
  await editor.runCommand('TOA: Install Module…');
  await editor.pick('A file of the vendor on this machine…');
  await editor.chooseFolder('Install which module?', file);
  const frame = await editor.findWebviewFrame(`pre:has-text("${file}")`);
  const bring = step(frame, file);
  await bring.getByRole('button', { name: 'Run this step alone' }).press('Enter');
  await frame.locator('li.done', { hasText: file }).waitFor({ timeout: 60_000 });
  // Kept while it ran, for whoever goes on by keyboard.
  expect(await bring.locator('.own button:focus').count()).toBe(1);
  const path = (await host.inside('find', '/', '-xdev', '-path', '*/toa-vendor-*/toa.ko')).toString().trim();
  expect(await step(frame, 'Copy the module').innerText()).toContain(path);
  expect(await host.inside('cat', path)).toEqual(readFileSync(file));
}
