import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { moduleWorkspace } from '../headers/workspace';
import { bareHandshake, captureOf, longCapture } from './harness/captures';
import type { Editor } from './harness/editor';
import { sharedEditor } from './harness/sharedEditor';
import { checkLooks } from './harness/looks';

// VS Code offers a file that came later only when it has looked again.
const workspace = moduleWorkspace();
afterAll(() => {
  workspace.remove();
});
const write = (file: string, content: string | Uint8Array): void => {
  writeFileSync(join(workspace.path, file), content);
};
write('paste.txt', 'the ACK carried fe 08 1f 90 0a 01 02 03\n');
write('notes.txt', 'nothing here\n');
write('small.pcap', captureOf(2000, 30));
write('long.pcap.gz', longCapture(600));
write('growing.pcap', captureOf(50, 2));
write('none.pcap', bareHandshake());

const inEditor = sharedEditor();
const inWorkspace = (name: string, body: (editor: Editor) => Promise<void>): Promise<void> =>
  inEditor(name, workspace.path, body);

/** Three options of two clients, the second one in twice. */
const PASTE = ['c8 08 30 39 cb 00 71 07', 'fe 08 1f 90 0a 01 02 03', 'fe 08 1f 90 0a 01 02 03'].join('\n\n');

/** The decoder's page with nothing in it. */
async function emptyDecoder(editor: Editor): Promise<Frame> {
  await editor.runCommand('TOA: Open Hex Decoder');
  const frame = await editor.findWebviewFrame('#text');
  await frame.locator('#empty-title:visible, #results table').first().waitFor(); // the script runs
  await frame.getByRole('button', { name: 'Clear' }).click();
  await frame.locator('#empty-title', { hasText: 'client' }).waitFor();
  return frame;
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

it('opens a capture in an editor of its own, and shows the same after it was hidden', async () => {
  await inWorkspace('capture-editor', async (editor) => {
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

it('reads a packed capture with progress, lets the tables follow, and stops when it is told to', async () => {
  await inWorkspace('capture-long', async (editor) => {
    await editor.openFile('long.pcap.gz');
    const frame = await editor.findWebviewFrame('main.file');
    await tab(frame, /^Clients \(30\)$/).click();
    expect(await frame.getByRole('progressbar').isVisible()).toBe(true);
    const count = async (): Promise<number> =>
      Number(await frame.locator('#results tbody tr').first().locator('td').nth(1).innerText());
    const early = await count();
    await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(early);
    await editor.screenshot('capture-reading');
    await frame.getByRole('button', { name: 'Stop' }).press('Enter');
    await frame.locator('#summary', { hasText: /^Stopped\. 30 client addresses in \d+ results/ }).waitFor();
    expect(await frame.getByRole('progressbar').count()).toBe(0);
    expect(await frame.locator('[role="tab"][aria-selected="true"]:focus').count()).toBe(1);
    const stopped = await count();
    await editor.page.waitForTimeout(1500);
    expect(await count()).toBe(stopped);
  });
});

it('reads a capture anew when its file changes', async () => {
  await inWorkspace('capture-changes', async (editor) => {
    await editor.openFile('growing.pcap');
    const frame = await editor.findWebviewFrame('main.file');
    await frame.locator('#summary', { hasText: '2 client addresses in 10 results, 50 packets read' }).waitFor();
    await tab(frame, /^Clients \(2\)$/).click();
    write('growing.pcap', captureOf(500, 7));
    await frame.locator('#summary', { hasText: '7 client addresses in 100 results, 500 packets read' }).waitFor();
    expect(await tab(frame, /^Clients \(7\)$/).getAttribute('aria-selected')).toBe('true');
  });
});

it('says that the option is not there, and what was looked at', async () => {
  await inWorkspace('capture-none', async (editor) => {
    await editor.openFile('none.pcap');
    const frame = await editor.findWebviewFrame('main.file');
    const told = 'The option is not in these packets. Segments looked at: SYN 1, handshake ACK 1, with data 0.';
    await frame.locator('#empty-text', { hasText: told }).waitFor();
    expect(await tab(frame, /^Connections/).getAttribute('aria-selected')).toBe('true');
    expect(await frame.locator('#results tbody').innerText()).toContain('the server sees 100.97.12.40:40112');
    await editor.screenshot('capture-none');
  });
});

it('decodes what is pasted into the panel, and the selection of an editor', async () => {
  await inWorkspace('decoder', async (editor) => {
    const frame = await emptyDecoder(editor);
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
  await inWorkspace('decoder-tables', async (editor) => {
    const frame = await emptyDecoder(editor);
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
    let copied = '';
    const copyAs = async (form: string): Promise<string> => {
      await frame.getByRole('button', { name: `Copy as ${form}` }).click();
      await frame.locator('#summary', { hasText: 'clipboard' }).waitFor();
      return (copied = await editor.clipboard(copied));
    };
    expect(await copyAs('CSV')).toBe(
      'client,count,firstFrame,lastFrame,kinds,dialects,segments\r\n10.1.2.3:8080,2,2,3,254,toa-v4,\r\n',
    );
    expect(await copyAs('TXT')).toBe(
      'client         count  firstFrame  lastFrame  kinds  dialects  segments\n' +
        '10.1.2.3:8080  2      2           3          254    toa-v4\n',
    );
    expect(JSON.parse(await copyAs('JSON'))).toEqual([
      { client: '10.1.2.3:8080', count: 2, firstFrame: 2, lastFrame: 3, kinds: 254, dialects: 'toa-v4', segments: '' },
    ]);

    await editor.runCommand('Problems: Focus on Problems View');
    await (await frame.parentFrame()?.frameElement())?.waitForElementState('hidden');
    await editor.runCommand('TOA: Open Hex Decoder');
    const again = await editor.findWebviewFrame('#text');
    expect(await again.getByRole('searchbox', { name: 'Filter' }).inputValue()).toBe('10.1');
    expect(await tab(again, /^Clients/).getAttribute('aria-selected')).toBe('true');
    expect(await firstCells(again)).toEqual(['10.1.2.3:8080']);
    await tab(again, /^Packets/).click();
    await again.getByRole('searchbox', { name: 'Filter' }).fill('');
    await again.locator('.field', { hasText: 'client address 203.0.113.7' }).hover();
    await editor.screenshot('decoder');
    await checkLooks(editor, 'decoder', again);
  });
});

it('decodes a capture that is dropped on it', async () => {
  await inWorkspace('decoder-drop', async (editor) => {
    const frame = await emptyDecoder(editor);
    await frame.evaluate(`(${DROP})('${captureOf(500, 7).toString('base64')}')`);
    await frame.locator('#summary', { hasText: '7 client addresses in 100 results, 500 packets read' }).waitFor();
    await editor.page.mouse.move(700, 300); // the editor lets the pointer back in once it has seen it move
    await tab(frame, /^Clients \(7\)$/).click();
    expect((await firstCells(frame))[0]).toBe('203.0.113.0:40000');
  });
});

it('turns a client address into option bytes, which the decoder reads back', async () => {
  await inWorkspace('encode', async (editor) => {
    await editor.runCommand('TOA: Encode Client Address as Option');
    const title = (text: string) => editor.page.locator('.quick-input-widget:visible', { hasText: text }).waitFor();
    await title('Which client address?');
    await editor.page.keyboard.type('203.0.113.7');
    await title('Write it as 203.0.113.7:12345');
    await editor.page.keyboard.type(':12345');
    await editor.page.keyboard.press('Enter');
    await title('Which option kind?');
    await editor.pick('200');
    await editor.notification('c8 08 30 39 cb 00 71 07 is on the clipboard');
    expect(await editor.clipboard()).toBe('c8 08 30 39 cb 00 71 07');
    const frame = await emptyDecoder(editor);
    await frame.locator('#text').click();
    await editor.page.keyboard.press('Control+V');
    await frame.locator('#results', { hasText: '203.0.113.7:12345' }).waitFor();
  });
});

it('is whole for the keyboard and a screen reader', async () => {
  await inWorkspace('decoder-access', async (editor) => {
    const frame = await emptyDecoder(editor);
    await frame.locator('#text').fill(`${PASTE}\n\nc8 08 30 39 cb 00 71`);
    await tab(frame, /^Packets/).click();
    const told = await frame.locator('body').ariaSnapshot();
    for (const part of [
      'textbox "Paste a capture, a dump or option bytes"',
      'region "Results"',
      'status: 3 client addresses in',
      'tablist "Results"',
      'tab "Packets (',
      '[selected]',
      'tabpanel "Packets (',
      'table "Packets"',
      'columnheader "Client', // and how it is sorted
      'button "Show the bytes of 203.0.113.7:12345"',
      'button "Copy 203.0.113.7:12345"',
      'group "Kind 200, length 8: toa-v4"',
      'button "30, client port 12345"',
      'searchbox "Filter"',
      'group "Copy the table"',
    ])
      expect(told).toContain(part);

    // Without a pointer: from the text through the tabs into the table, its rows and the bytes.
    const { keyboard } = editor.page;
    const focused = (): Promise<string> =>
      frame.evaluate<string>("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
    const tabUntil = async (wanted: RegExp): Promise<void> => {
      for (let step = 0; step < 40 && !wanted.test(await focused()); step++) await keyboard.press('Tab');
      expect(await focused()).toMatch(wanted);
    };
    await frame.locator('#text').focus();
    await tabUntil(/^Packets/);
    await keyboard.press('ArrowRight');
    expect(await focused()).toMatch(/^Clients/);
    await keyboard.press('ArrowLeft');
    await tabUntil(/^Show the bytes of 203/);
    await keyboard.press('ArrowDown');
    expect(await focused()).toBe('Show the bytes of 10.1.2.3:8080');
    await keyboard.press('Enter');
    await frame.locator('.segment h2', { hasText: 'Bytes of packet 2' }).waitFor();
    await tabUntil(/^fe, kind 254/);
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    expect(await focused()).toBe('1f, client port 8080');
    expect(await frame.locator('.byte.lit').allInnerTexts()).toEqual(['1f', '90']);
  });
});
