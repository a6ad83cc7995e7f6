import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { moduleWorkspace } from '../headers/workspace';
import { withEditor } from './harness/editor';

const made: { remove(): void }[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

it('decodes what is pasted into the panel, and the selection of an editor', async () => {
  const workspace = moduleWorkspace();
  made.push(workspace);
  writeFileSync(join(workspace.path, 'paste.txt'), 'the ACK carried fe 08 1f 90 0a 01 02 03\n');
  await withEditor('decoder', { workspace: workspace.path }, async (editor) => {
    await editor.runCommand('TOA: Open Hex Decoder');
    const frame = await editor.findWebviewFrame('#text');
    await frame.locator('#text').fill('c8 08 30 39 cb 00 71 07');
    await frame.locator('#results', { hasText: '203.0.113.7:12345' }).waitFor();
    await editor.screenshot('decoder');

    await editor.openFile('paste.txt');
    await editor.page.keyboard.press('Control+A');
    await editor.runCommand('TOA: Decode Selection');
    const again = await editor.findWebviewFrame('#text');
    await again.locator('#results', { hasText: '10.1.2.3:8080' }).waitFor();
    expect(await again.locator('#text').inputValue()).toContain('fe 08 1f 90');
  });
});
