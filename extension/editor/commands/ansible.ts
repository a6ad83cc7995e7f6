import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FleetHost } from '../../core/fleet/fleetHost';
import { shellText } from '../../core/shellText';
import { writeAnsibleProject } from '../../doctor/writeAnsible';
import { readSettings } from '../settings';
import { runInTerminal } from '../terminalTask';

/**
 * Writes an Ansible project for the hosts into a new folder, shows the command, and runs it only on a yes, with the user's own
 * `ansible-playbook` in a terminal of this machine.
 */
export async function ansibleForHosts(hosts: readonly FleetHost[], moduleSource: string): Promise<void> {
  if (hosts.length === 0) return;
  const directory = await askDirectory();
  if (directory === undefined) return;
  await writeAnsibleProject({ directory, hosts, sshConfig: readSettings().sshConfigFile, moduleSource });
  await offerRun(directory, hosts.length);
}

async function askDirectory(): Promise<string | undefined> {
  const title = vscode.l10n.t('A folder to make the project in');
  const [parent] = (await vscode.window.showOpenDialog({ title, canSelectFiles: false, canSelectFolders: true })) ?? [];
  if (parent === undefined) return undefined;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name of the new folder in {path}', { path: parent.fsPath }),
    value: 'toa-ansible',
    validateInput: (text) =>
      /^[^/\\]+$/.test(text) && text !== '.' && text !== '..' ? undefined : vscode.l10n.t('A name without slashes'),
  });
  return name === undefined ? undefined : join(parent.fsPath, name);
}

async function offerRun(directory: string, count: number): Promise<void> {
  // In a window without a folder VS Code starts terminals in the home directory alone, so the project is named by its path.
  const argv = ['env', `ANSIBLE_CONFIG=${join(directory, 'ansible.cfg')}`, 'ansible-playbook'];
  const site = [...argv, join(directory, 'site.yml')];
  const run = vscode.l10n.t('Run in Terminal');
  const open = vscode.l10n.t('Open Folder');
  const detail = vscode.l10n.t(
    '{command}\n\nIt builds, installs and loads toa: on one host first, then on a quarter of them at a time; the first failure ends it. The playbook undo.yml takes it back.',
    { command: shellText(site) },
  );
  const title = vscode.l10n.t('The Ansible project is written. Hosts: {count}', { count });
  const answer = await vscode.window.showInformationMessage(title, { modal: true, detail }, run, open);
  if (answer === open)
    await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(directory), { forceNewWindow: true });
  if (answer === run) {
    const here = { inTerminal: (command: readonly string[]) => ({ argv: command, cwd: homedir() }) };
    await runInTerminal(here, site, 'ansible-playbook');
  }
}
