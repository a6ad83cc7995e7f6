import { afterEach, expect, it } from 'vitest';
import { moduleWorkspace } from '../headers/workspace';
import { findCommand } from '../tools/systemPackages';
import { sendHandshakes } from './harness/captures';
import { withEditor } from './harness/editor';

const mayCapture = process.getuid?.() === 0 && findCommand('tcpdump') !== undefined;
const PORT = '48200';

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

it.skipIf(!mayCapture)('captures handshakes, shows the clients as they come, and says what it means', async () => {
  const workspace = moduleWorkspace();
  ending.push(() => {
    workspace.remove();
  });
  await withEditor('capture', { workspace: workspace.path }, async ({ page, ...editor }) => {
    await editor.runCommand('TOA: Capture Handshakes');
    await editor.pick('lo');
    const title = (text: string) => page.locator('.quick-input-widget:visible', { hasText: text }).waitFor();
    await title('Port of the service');
    await page.keyboard.type('70000');
    await title('70000 is no port');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(PORT);
    await page.keyboard.press('Enter');
    await title('how many seconds');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('8');
    await page.keyboard.press('Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain(`-c 2000 -i lo 'tcp dst port ${PORT} and `);
    await editor.screenshot('capture-asks');
    await dialog.getByRole('button', { name: 'Capture' }).click();

    const sender = sendHandshakes(PORT);
    ending.push(() => sender.kill());
    const frame = await editor.findWebviewFrame('#text');
    await frame.locator('#results', { hasText: '203.0.113.7:4660' }).waitFor({ timeout: 30_000 });
    await editor.screenshot('capture-live');
    const told = await editor.notification('Connections: 1, with a client’s address in a TCP option: 1 (kind 254)');
    expect(await told.innerText()).toContain('No toa module is loaded on this host');
    await editor.screenshot('capture-done');
  });
});
