// Many hosts: chosen by a pattern, checked into a table that is sorted, filtered and exported; then an Ansible project for them, run from here.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startBusybox } from '../remote/hosts/busybox';
import { startSshd } from '../remote/hosts/sshd';
import { withEditor } from './harness/editor';
import { checkLooks } from './harness/looks';

it('hosts are checked into a table, and an Ansible project is written for those that the filter leaves, and run', async () => {
  const [one, two] = await Promise.all([startSshd({ name: 'fleet-one' }), startBusybox('fleet-two')]);
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-fleet-'));
  const configFile = join(directory, 'config');
  writeFileSync(configFile, readFileSync(one.configFile, 'utf8') + readFileSync(two.configFile, 'utf8'));
  const options = { workspace: '', settings: { 'toa.ssh.configFile': configFile } };
  try {
    await withEditor('fleet', options, async (editor) => {
      const { page } = editor;
      await editor.runCommand('TOA: Check Hosts…');
      await editor.pick('Hosts by pattern…');
      await editor.answer('Names, separated by blanks', 'fleet-* no-such.invalid');
      const frame = await editor.findWebviewFrame('#results tbody tr:nth-child(3)');
      const hosts = (): Promise<readonly string[]> => frame.locator('td.host').allInnerTexts();
      await expect.poll(() => frame.locator('#summary').innerText(), { timeout: 60_000 }).toBe('0 of 3 hosts are fine');

      await frame.locator('[data-column="host"]').click();
      expect(await hosts()).toEqual(['fleet-one', 'fleet-two', 'no-such.invalid']);
      await frame.locator('[data-column="host"]').press('Enter');
      expect(await hosts()).toEqual(['no-such.invalid', 'fleet-two', 'fleet-one']);
      expect(await frame.locator('tr', { hasText: 'fleet-two' }).innerText()).toContain('Appliance 1');
      expect(await frame.locator('tr', { hasText: 'no-such' }).innerText()).toContain(
        'No host is called no-such.invalid',
      );
      await checkLooks(editor, 'fleet', frame);
      await frame.locator('#filter').fill('fleet-one');
      expect(await hosts()).toEqual(['fleet-one']);

      await frame.locator('#ansible').click();
      await editor.chooseFolder('A folder to make the project in', `${directory}/`);
      await editor.answer('Name of the new folder', 'project');
      await editor.screenshot('fleet-ansible');
      await editor.press('ansible-playbook ', 'Run in Terminal');
      expect(readFileSync(join(directory, 'project/inventory'), 'utf8')).toBe('[toa]\nfleet-one\n');
      // It asserts that the headers are there, which they are not, and so changes nothing.
      const log = join(directory, 'project/ansible.log');
      const said = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
      await expect.poll(said, { timeout: 90_000 }).toContain('PLAY RECAP');
      expect(said()).toContain('Install the headers of the running kernel first');

      await page.locator('.tab', { hasText: 'Hosts' }).click();
      await frame.locator('#csv').click();
      await page.locator('.editor-instance .view-line', { hasText: '"fleet-one"' }).waitFor({ timeout: 30_000 });
    });
  } finally {
    await Promise.all([one.stop(), two.stop()]);
    rmSync(directory, { recursive: true });
  }
});
