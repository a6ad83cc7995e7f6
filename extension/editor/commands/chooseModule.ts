import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Place } from '../place';
import { copyToHost, type HostCopy } from '../remote/copyToHost';
import type { RemoteHosts } from '../remote/remoteHosts';

/** A module to install: a path on the host, or our own where there is none. */
export interface ModuleChoice {
  readonly path: string | undefined;
  /** The file was brought there for this; it is to be taken away again. */
  readonly copy?: HostCopy;
}

interface Source extends vscode.QuickPickItem {
  readonly choose: () => Promise<ModuleChoice | undefined>;
}

/** Asks which module is to be installed: our own, or a vendor's file or folder on the host or on this machine. */
export async function chooseModule(place: Place, hosts: RemoteHosts): Promise<ModuleChoice | undefined> {
  const picked = await vscode.window.showQuickPick(place.isFar ? farSources(place, hosts) : nearSources(place), {
    title: vscode.l10n.t('Install which module?'),
    matchOnDetail: true,
  });
  return picked?.choose();
}

function nearSources(place: Place): readonly Source[] {
  return [ownModule(), fileOn(place), folderOn(place)];
}

function farSources(place: Place, hosts: RemoteHosts): readonly Source[] {
  const { name } = place.host;
  const near: Source = {
    label: vscode.l10n.t('A file of the vendor on this machine…'),
    detail: vscode.l10n.t('It is copied to {host} first, and taken away with this page', { host: name }),
    async choose() {
      const uri = await open({ canSelectFiles: true, defaultUri: vscode.Uri.file(homedir()) });
      if (uri === undefined) return undefined;
      const copy = await copyToHost(hosts.get(name), uri);
      return { path: copy.path, copy };
    },
  };
  return [ownModule(), fileOn(place), near, folderOn(place)];
}

function ownModule(): Source {
  return {
    label: vscode.l10n.t('TOA Doctor’s own module'),
    detail: vscode.l10n.t('Built on this host, kept by dkms'),
    choose: () => Promise.resolve({ path: undefined }),
  };
}

function fileOn(place: Place): Source {
  return {
    label: place.isFar
      ? vscode.l10n.t('A file of the vendor on {host}…', { host: place.host.name })
      : vscode.l10n.t('A file of the vendor…'),
    detail: vscode.l10n.t('A kernel RPM, or a toa.ko that is built already'),
    choose: () => chooseOn(place, { canSelectFiles: true }),
  };
}

function folderOn(place: Place): Source {
  return {
    label: vscode.l10n.t('The vendor’s source…'),
    detail: vscode.l10n.t('The folder with its Makefile'),
    choose: () => chooseOn(place, { canSelectFiles: false, canSelectFolders: true }),
  };
}

/** What lies on the host is chosen there. */
async function chooseOn(place: Place, kinds: vscode.OpenDialogOptions): Promise<ModuleChoice | undefined> {
  const uri = await open({ ...kinds, ...(place.isFar ? { defaultUri: place.uriOf('/') } : {}) });
  if (uri === undefined) return undefined;
  const path = place.pathOf(uri);
  if (path === undefined)
    throw new Error(vscode.l10n.t('{path} does not lie on {host}.', { path: uri.path, host: place.host.name }));
  return { path };
}

async function open(options: vscode.OpenDialogOptions): Promise<vscode.Uri | undefined> {
  return (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Install which module?'), ...options }))?.[0];
}
