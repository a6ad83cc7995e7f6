import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { moduleWorkspace } from '../headers/workspace';
import { captureOf } from './harness/captures';
import { withEditor, type Editor } from './harness/editor';

const made: { remove(): void }[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

/** Three options of two clients, the second one in twice. */
const PASTE = ['c8 08 30 39 cb 00 71 07', 'fe 08 1f 90 0a 01 02 03', 'fe 08 1f 90 0a 01 02 03'].join('\n\n');

async function inWorkspace(
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  body: (editor: Editor) => Promise<void>,
): Promise<void> {
  const workspace = moduleWorkspace();
  made.push(workspace);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(workspace.path, file), content);
  await withEditor(name, { workspace: workspace.path }, body);
}

/** Runs in the page: drops a file with these bytes, as the browser would. A text, since only the page has a DOM. */
const DROP = `(content) => {
  const dataTransfer = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  dataTransfer.items.add(new File([bytes], 'dropped.pcap'));
  for (const type of ['dragenter', 'dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true }));
}`;

/** The first cell of each row. */
async function firstCells(frame: Frame): Promise<readonly string[]> {
  return frame.locator('#results tbody tr td:first-child button.client').allInnerTexts();
}

const tab = (frame: Frame, name: RegExp): Locator => frame.getByRole('tab', { name });

it('decodes what is pasted into the panel, and the selection of an editor', async () => {
  await inWorkspace('decoder', { 'paste.txt': 'the ACK carried fe 08 1f 90 0a 01 02 03\n' }, async (editor) => {
    await editor.runCommand('TOA: Open Hex Decoder');
    const frame = await editor.findWebviewFrame('#text');
    await frame.locator('#text').fill('c8 08 30 39 cb 00 71 07');
    await frame.locator('#results', { hasText: '203.0.113.7:12345' }).waitFor();

    await editor.openFile('paste.txt');
    await editor.page.locator('.editor-instance .view-line').first().click();
    await editor.page.keyboard.press('Control+A');
    await editor.statusItem('selected');
    await editor.runCommand('TOA: Decode Selection');
    const again = await editor.findWebviewFrame('#text');
    await again.locator('#results', { hasText: '10.1.2.3:8080' }).waitFor();
    expect(await again.locator('#text').inputValue()).toContain('fe 08 1f 90');
  });
});

it('filters, sorts and copies, links bytes with fields, and keeps its state while it is hidden', async () => {
  await inWorkspace('decoder-tables', {}, async (editor) => {
    await editor.runCommand('TOA: Open Hex Decoder');
    const frame = await editor.findWebviewFrame('#text');
    await frame.locator('#text').fill(PASTE);
    await tab(frame, /^Packets \(3\)$/).waitFor();

    const byClient = frame.getByRole('columnheader', { name: 'Client' });
    await byClient.getByRole('button').focus();
    await editor.page.keyboard.press('Enter');
    expect(await byClient.getAttribute('aria-sort')).toBe('ascending');
    expect(await firstCells(frame)).toEqual(['10.1.2.3:8080', '10.1.2.3:8080', '203.0.113.7:12345']);
    await editor.page.keyboard.press('Enter'); // the focus stayed on the column
    expect(await byClient.getAttribute('aria-sort')).toBe('descending');
    expect(await firstCells(frame)).toEqual(['203.0.113.7:12345', '10.1.2.3:8080', '10.1.2.3:8080']);

    const port = frame.locator('.field', { hasText: 'client port 12345' });
    await port.hover();
    expect(await frame.locator('.byte.lit').allInnerTexts()).toEqual(['30', '39']);
    await frame.locator('.byte', { hasText: 'cb' }).hover();
    expect(await frame.locator('.field.lit').allInnerTexts()).toEqual(['client address 203.0.113.7']);
    expect(await frame.locator('.byte.lit').count()).toBe(4);

    await tab(frame, /^Clients \(2\)$/).click();
    await frame.getByRole('searchbox', { name: 'Filter' }).fill('10.1');
    await expect.poll(() => firstCells(frame)).toEqual(['10.1.2.3:8080']);
    await frame.getByRole('button', { name: 'Copy as CSV' }).click();
    await frame.locator('#summary', { hasText: 'clipboard' }).waitFor();

    await editor.runCommand('Problems: Focus on Problems View');
    await frame
      .locator('#results')
      .waitFor({ state: 'hidden' })
      .catch(() => undefined);
    await editor.runCommand('TOA: Open Hex Decoder');
    const again = await editor.findWebviewFrame('#text');
    expect(await again.getByRole('searchbox', { name: 'Filter' }).inputValue()).toBe('10.1');
    expect(await tab(again, /^Clients/).getAttribute('aria-selected')).toBe('true');
    expect(await firstCells(again)).toEqual(['10.1.2.3:8080']);
    await tab(again, /^Packets/).click();
    await again.getByRole('searchbox', { name: 'Filter' }).fill('');
    await again.locator('.field', { hasText: 'client address 203.0.113.7' }).hover();
    await editor.screenshot('decoder');
    await editor.runCommand('Preferences: Toggle between Light/Dark Themes');
    await again.locator('body.vscode-dark').waitFor();
    await editor.screenshot('decoder-dark');
  });
});

it('decodes a capture that is dropped on it', async () => {
  await inWorkspace('decoder-drop', {}, async (editor) => {
    await editor.runCommand('TOA: Open Hex Decoder');
    const frame = await editor.findWebviewFrame('#text');
    await frame.locator('#empty-title', { hasText: 'client' }).waitFor(); // the script runs
    await frame.evaluate(`(${DROP})('${captureOf(500, 7).toString('base64')}')`);
    await frame.locator('#summary', { hasText: '7 client addresses in 100 results, 500 packets read' }).waitFor();
    await editor.page.mouse.move(700, 300); // the editor lets the pointer back in once it has seen it move
    await tab(frame, /^Clients \(7\)$/).click();
    expect((await firstCells(frame))[0]).toBe('203.0.113.0:40000');
  });
});

it('opens a capture in an editor of its own, and shows the same after it was hidden', async () => {
  const files = { 'small.pcap': captureOf(2000, 30), 'notes.txt': 'nothing here\n' };
  await inWorkspace('capture-editor', files, async (editor) => {
    await editor.openFile('small.pcap');
    const frame = await editor.findWebviewFrame('main.file');
    await frame.locator('#summary', { hasText: '30 client addresses in 400 results, 2000 packets read' }).waitFor();
    expect(await frame.locator('section.input').isVisible()).toBe(false);
    expect(await frame.locator('#progress').isVisible()).toBe(false);
    expect(await frame.locator('#results tbody tr').count()).toBe(30);
    await frame.getByRole('button', { name: 'Show more: 370 rows are not shown' }).click();
    expect(await frame.locator('#results tbody tr').count()).toBe(60);
    await tab(frame, /^Clients \(30\)$/).click();
    await frame.getByRole('searchbox', { name: 'Filter' }).fill('113.7');
    await editor.screenshot('capture');

    await editor.openFile('notes.txt');
    await editor.openFile('small.pcap');
    const again = await editor.findWebviewFrame('main.file');
    await again.locator('#summary', { hasText: '30 client addresses in 400 results, 2000 packets read' }).waitFor();
    expect(await again.getByRole('searchbox', { name: 'Filter' }).inputValue()).toBe('113.7');
    expect(await tab(again, /^Clients/).getAttribute('aria-selected')).toBe('true');
  });
});
