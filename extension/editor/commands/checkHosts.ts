import * as vscode from 'vscode';
import type { FleetHost } from '../../core/fleet/fleetHost';
import { hostsMatching } from '../../core/fleet/hostPattern';
import { hostsOfInventory, hostsOfInventoryJson } from '../../core/fleet/inventory';
import { message } from '../../core/message';
import { MessageError } from '../../core/messageError';
import { hostNameProblem } from '../../core/remote/hostName';
import { LocalHost } from '../../host/local';
import { FleetView, type FleetTools } from '../fleetView';
import { stoppable } from '../stoppable';
import { translate } from '../translate';
import { requireTrust } from '../trust';

/** "TOA: Check Hosts…": probes chosen hosts and shows in a table what each lacks. */
export async function checkManyHosts(tools: FleetTools): Promise<void> {
  requireTrust();
  const fleet = await chooseFleet(tools);
  if (fleet === undefined) return;
  if (fleet.length === 0) throw new Error(vscode.l10n.t('No host was found there.'));
  await new FleetView(fleet, tools).check();
}

interface Way extends vscode.QuickPickItem {
  readonly choose: (known: readonly string[]) => Promise<readonly FleetHost[] | undefined>;
}

const ofConfiguration = (count: number): Way => ({
  label: vscode.l10n.t('Hosts of the ssh configuration…'),
  description: vscode.l10n.t('{count} hosts', { count }),
  choose: pickHosts,
});

async function chooseFleet({ hosts }: FleetTools): Promise<readonly FleetHost[] | undefined> {
  const known = await hosts.known();
  const ways: readonly Way[] = [
    ...(known.length === 0 ? [] : [ofConfiguration(known.length)]),
    {
      label: vscode.l10n.t('Hosts by pattern…'),
      detail: vscode.l10n.t('As web-* or db[01:20].example'),
      choose: askPattern,
    },
    {
      label: vscode.l10n.t('An inventory of Ansible…'),
      detail: vscode.l10n.t('YAML and JSON are read by ansible-inventory'),
      choose: openInventory,
    },
  ];
  const way = await vscode.window.showQuickPick(ways, { title: vscode.l10n.t('Check which hosts?') });
  return way?.choose(known);
}

async function pickHosts(known: readonly string[]): Promise<readonly FleetHost[] | undefined> {
  const title = vscode.l10n.t('Check which hosts?');
  const picked = await vscode.window.showQuickPick(known, { title, canPickMany: true });
  return picked?.map((name) => ({ name }));
}

async function askPattern(known: readonly string[]): Promise<readonly FleetHost[] | undefined> {
  const problemOf = (text: string): string | undefined => {
    const names = hostsMatching(text, known);
    const problem = names.map(hostNameProblem).find((one) => one !== undefined);
    if (problem !== undefined) return translate(problem);
    return names.length === 0 ? vscode.l10n.t('No host that is known matches.') : undefined;
  };
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Check which hosts?'),
    prompt: vscode.l10n.t('Names, separated by blanks; * and ? stand for parts of known names, [01:20] for a range'),
    validateInput: problemOf,
  });
  return text === undefined ? undefined : hostsMatching(text, known).map((name) => ({ name }));
}

async function openInventory(): Promise<readonly FleetHost[] | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('An inventory of Ansible…') })) ?? [];
  if (uri === undefined) return undefined;
  const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  return /\.(?:ya?ml|json)$/.test(uri.path) ? askAnsible(uri) : hostsOfInventory(text);
}

/** Forms that Ansible alone reads. Its own tool is asked; it prints and changes nothing. */
async function askAnsible(uri: vscode.Uri): Promise<readonly FleetHost[]> {
  const host = new LocalHost();
  const argv = ['ansible-inventory', '--inventory', uri.fsPath, '--list'] as const;
  const { outcome, code, stdout, stderr, reason } = await stoppable(
    vscode.l10n.t('Reading {path}', { path: uri.fsPath }),
    (signal) => host.run({ argv, timeout: 60_000, signal }),
  );
  if (outcome === 'exited' && code === 0) return hostsOfInventoryJson(stdout);
  const why = reason ?? stderr.trim().split('\n').at(-1) ?? '';
  throw new MessageError(message('ansible-inventory could not read it: {reason}', { reason: why }));
}
