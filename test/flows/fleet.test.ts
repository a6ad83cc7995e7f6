// Many hosts: chosen by a pattern or an inventory, checked into a table that is sorted, filtered, exported and stopped; then an Ansible project for
// them, run from here.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startBusybox } from '../remote/hosts/busybox';
import { startSshd } from '../remote/hosts/sshd';
import { withEditor } from './harness/editor';
import { checkLooks } from './harness/looks';

it('hosts are checked into a table, and an Ansible project is written for those that the filter leaves, and run', async () => {
  const [one, two, hanging] = await Promise.all([
    startSshd({ name: 'fleet-one' }),
    startBusybox('fleet-two'),
    startSshd({ name: 'hanging', home: { '.bashrc': 'exec sleep 600\n' } }),
  ]);
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-fleet-'));
  const configFile = join(directory, 'config');
  // Where the third one is, and who logs in there, only the inventory says.
  const third = readFileSync(one.configFile, 'utf8').replace('fleet-one', 'third');
  const configurations = [one, two, hanging].map((host) => readFileSync(host.configFile, 'utf8'));
  writeFileSync(configFile, [...configurations, third.replace(/^(HostName|Port|User) .*\n/gm, '')].join('\n'));
  const inventory = join(directory, 'hosts');
  const where = `ansible_host=127.0.0.1 ansible_port=${String(one.port)} ansible_user=root`;
  writeFileSync(inventory, `[web]\nfleet-two\nthird ${where}\n[slow]\nhanging\n[all:vars]\nx=1\n`);
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

      await editor.runCommand('View: Close All Editors');
      await editor.runCommand('TOA: Check Hosts…');
      await editor.pick('An inventory of Ansible…');
      await editor.chooseFolder('An inventory of Ansible…', inventory);
      const table = await editor.findWebviewFrame('td.host:text-is("third")');
      const summary = table.locator('#summary');
      await expect.poll(() => summary.innerText(), { timeout: 60_000 }).toBe('2 of 3 hosts checked');
      expect(await table.locator('tr', { hasText: 'third' }).innerText()).toContain('Debian');
      await table.locator('#cancel').press('Enter');
      await expect.poll(() => summary.innerText()).toBe('Stopped: 2 of 3 hosts checked, 0 of them fine');
      // By keyboard alone: what stopped it is gone, and what begins again has the focus.
      expect(await table.locator('#again:focus').count()).toBe(1);
      await editor.screenshot('fleet-stopped');
      await table.locator('[data-column="kernel"]').click();
      await table.locator('#filter').fill('third');
      await table.locator('#json').click();
      await page.locator('.editor-instance .view-line', { hasText: '"host": "third"' }).waitFor({ timeout: 30_000 });
      expect(await page.locator('.editor-instance .view-lines').innerText()).not.toContain('fleet-two');
      await page
        .getByRole('tab', { name: /^Hosts/ })
        .last()
        .click();
      await table.locator('#again').press('Enter');
      await table.locator('#cancel:focus').waitFor();
      await expect.poll(() => summary.innerText(), { timeout: 60_000 }).toBe('2 of 3 hosts checked');
    });
  } finally {
    await Promise.all([one.stop(), two.stop(), hanging.stop()]);
    rmSync(directory, { recursive: true });
  }
});
