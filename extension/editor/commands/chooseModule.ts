import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Wish } from '../../doctor/plan/makePlan';
import { thisMachine, type Place } from '../place';

/** A module to install, and where it lies; our own where there is no path. */
type ModuleChoice = Pick<Wish, 'from' | 'files'>;

interface Source extends vscode.QuickPickItem {
  readonly choose: () => Promise<ModuleChoice | undefined>;
}

/** Asks which module is to be installed: our own, or a vendor's file or folder on the host or on this machine. */
export async function chooseModule(place: Place): Promise<ModuleChoice | undefined> {
  const picked = await vscode.window.showQuickPick(place.isFar ? farSources(place) : nearSources(place), {
    title: vscode.l10n.t('Install which module?'),
    matchOnDetail: true,
  });
  return picked?.choose();
}

function nearSources(place: Place): readonly Source[] {
  return [ownModule(), fileOn(place), folderOn(place)];
}

function farSources(place: Place): readonly Source[] {
  const here = thisMachine();
  const near: Source = {
    label: vscode.l10n.t('A file of the vendor on this machine…'),
    detail: vscode.l10n.t('The plan brings what it needs of it to {host}', { host: place.host.name }),
    async choose() {
      const choice = await chooseOn(here, { canSelectFiles: true, defaultUri: here.uriOf(homedir()) });
      return choice && { ...choice, files: here.host };
    },
  };
  return [ownModule(), fileOn(place), near, folderOn(place)];
}

function ownModule(): Source {
  return {
    label: vscode.l10n.t('TOA Doctor’s own module'),
    detail: vscode.l10n.t('Built on this host, kept by dkms'),
    choose: () => Promise.resolve({ from: undefined }),
  };
}

function fileOn(place: Place): Source {
  return {
    label: place.isFar
      ? vscode.l10n.t('A file of the vendor on {host}…', { host: place.host.name })
      : vscode.l10n.t('A file of the vendor…'),
    detail: vscode.l10n.t('A kernel RPM, a toa.ko that is built already, or an archive with one or with source'),
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
  const uri = await open({ ...(place.isFar ? { defaultUri: place.uriOf('/') } : {}), ...kinds });
  if (uri === undefined) return undefined;
  const path = place.pathOf(uri);
  if (path === undefined)
    throw new Error(vscode.l10n.t('{path} does not lie on {host}.', { path: uri.path, host: place.host.name }));
  return { from: path };
}

async function open(options: vscode.OpenDialogOptions): Promise<vscode.Uri | undefined> {
  return (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Install which module?'), ...options }))?.[0];
}
