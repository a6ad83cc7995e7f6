import * as vscode from 'vscode';
import type { Facts } from '../../core/facts';
import { hostNameProblem } from '../../core/remote/hostName';
import { remoteSshAuthority, wayTo, type Way } from '../../core/remote/way';
import { farSources } from '../../doctor/farSources';
import { probe } from '../../host/probe';
import { ConnectionError } from '../../host/ssh/connection';
import type { SshHost } from '../../host/ssh/sshHost';
import { farUri } from '../place';
import type { RemoteHosts } from '../remote/remoteHosts';
import { readSettings } from '../settings';
import { stoppable } from '../stoppable';
import { translate } from '../translate';
import { askPath, copyModule } from './copyModule';
import { requireTrust } from '../trust';

/** "TOA: Open Remote Kernel Workspace…": a host, what it is, and a folder of it. */
export async function openRemote(hosts: RemoteHosts, extensionUri: vscode.Uri): Promise<void> {
  requireTrust();
  const name = await pickHost(hosts);
  if (name === undefined) return;
  try {
    const host = await connect(hosts, name);
    if (host === undefined) return;
    await hosts.remember(name);
    const folder = await pickFolder({ host, ...(await lookAt(host)), extensionUri });
    if (folder !== undefined) await open(name, folder);
  } finally {
    await hosts.letGo(name);
  }
}

/** What is to be known before a folder is chosen, with progress that can be stopped. */
async function lookAt(host: SshHost): Promise<Pick<Offer, 'facts' | 'sources' | 'home'>> {
  const title = vscode.l10n.t('Looking at {host}', { host: host.name });
  return stoppable(title, async (signal) => {
    const { headerDirectories } = readSettings();
    const [facts, sources, home] = await Promise.all([
      probe(host, { headerDirectories, signal }),
      farSources(host, signal),
      homeOf(host, signal),
    ]);
    return { facts, sources, home };
  });
}

/** Asks for a host; a name that no configuration has can be typed. */
async function pickHost(hosts: RemoteHosts): Promise<string | undefined> {
  const { recent } = hosts;
  const known = await hosts.known();
  const picker = vscode.window.createQuickPick();
  picker.title = vscode.l10n.t('Work on which host?');
  picker.placeholder = vscode.l10n.t('A name of your ssh configuration, or user@host');
  const show = (): void => {
    const { value } = picker;
    const typed = value !== '' && !known.includes(value) && hostNameProblem(value) === undefined ? [value] : [];
    picker.items = [...known, ...typed].map((label) => ({
      label,
      description: recent.includes(label) ? vscode.l10n.t('used before') : '',
    }));
  };
  show();
  picker.onDidChangeValue(show);
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.label);
      picker.dispose();
    });
    picker.onDidHide(() => {
      resolve(undefined);
    });
    picker.show();
  });
}

/** Connects; old algorithms are offered with what that means, for this host alone. */
async function connect(hosts: RemoteHosts, name: string): Promise<SshHost | undefined> {
  const title = vscode.l10n.t('Connecting to {host}', { host: name });
  for (;;) {
    const host = hosts.get(name);
    try {
      await stoppable(title, (signal) => host.connect(signal));
      return host;
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      const { option, detail } = error.why;
      if (option === undefined) throw new Error(translate(detail), { cause: error });
      if (!(await allowed(translate(detail), option))) return undefined;
      await hosts.allow(name, option);
    }
  }
}

async function allowed(text: string, option: string): Promise<boolean> {
  const allow = vscode.l10n.t('Allow for This Host');
  const detail = vscode.l10n.t(
    'ssh -o {option}\n\nWhoever can listen in or come between could break them. Nothing changes for other hosts, nor for ssh in a terminal.',
    { option },
  );
  return (await vscode.window.showWarningMessage(text, { modal: true, detail }, allow)) === allow;
}

async function homeOf(host: SshHost, signal: AbortSignal): Promise<string> {
  const { stdout } = await host.script('printf %s "$HOME"', [], { timeout: 20_000, signal });
  return stdout.startsWith('/') ? stdout : '/';
}

interface Offer {
  readonly host: SshHost;
  readonly facts: Facts;
  readonly sources: readonly string[];
  readonly home: string;
  readonly extensionUri: vscode.Uri;
}

interface Folder {
  readonly path: string;
  readonly way: Way['kind'];
}

interface FolderItem extends vscode.QuickPickItem {
  readonly choose: () => Promise<string | undefined>;
}

async function pickFolder(offer: Offer): Promise<Folder | undefined> {
  const way = wayTo(offer.facts, (id) => vscode.extensions.getExtension(id) !== undefined);
  const { release } = offer.facts.kernel;
  const reason = translate(way.reason);
  const how =
    way.kind === 'remote-ssh'
      ? vscode.l10n.t('opens by Remote-SSH: {reason}', { reason })
      : vscode.l10n.t('opens by sh alone: {reason}', { reason });
  const picked = await vscode.window.showQuickPick(folderItems(offer), {
    title: `${offer.host.name}: ${release}, ${how}`,
    placeHolder: vscode.l10n.t('Open which folder?'),
  });
  const path = await picked?.choose();
  return path === undefined ? undefined : { path, way: way.kind };
}

function folderItems({ host, sources, home, extensionUri }: Offer): readonly FolderItem[] {
  const found = sources.map((path) => ({ label: `$(folder) ${path}`, choose: () => Promise.resolve(path) }));
  const other = vscode.l10n.t('Another folder…');
  const copy = vscode.l10n.t('Copy the TOA module there…');
  return [
    ...found,
    { label: `$(folder-opened) ${other}`, choose: () => askPath(other, home) },
    { label: `$(cloud-upload) ${copy}`, choose: () => copyModule(host, copy, home, extensionUri) },
  ];
}

async function open(host: string, { path, way }: Folder): Promise<void> {
  const uri =
    way === 'agentless'
      ? farUri(host, path)
      : vscode.Uri.from({ scheme: 'vscode-remote', authority: remoteSshAuthority(host), path });
  const forceNewWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow });
}
