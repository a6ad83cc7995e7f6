import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { isToaModule, type BuiltModule } from '../../doctor/builtModules';
import type { Wish } from '../../doctor/plan/makePlan';
import { LocalHost } from '../../host/local';
import type { Place } from '../place';
import { modulesOf, type State } from '../store';

/** A module to install: a path, and whose files it names where they are not the host's; our own module where there is none. */
export type ModuleChoice = Pick<Wish, 'from' | 'files'>;

interface Source extends vscode.QuickPickItem {
  readonly choose: () => Promise<ModuleChoice | undefined>;
}

/** Asks which module is to be installed: our own, one that was built here, or a vendor's file or folder on the host or on this machine. */
export async function chooseModule(place: Place, state: State): Promise<ModuleChoice | undefined> {
  const built = state.sources.flatMap((source) => modulesOf(source, state)).filter(isToaModule);
  const sources = [
    ownModule(),
    ...built.map(builtHere),
    fileOn(place),
    ...(place.isFar ? [fileHere(place)] : []),
    folderOn(place),
  ];
  const title = vscode.l10n.t('Install which module?');
  const picked = await vscode.window.showQuickPick(sources, { title, matchOnDetail: true });
  return picked?.choose();
}

function ownModule(): Source {
  return {
    label: vscode.l10n.t('TOA Doctor’s own module'),
    detail: vscode.l10n.t('Built on this host, kept by dkms'),
    choose: () => Promise.resolve({ from: undefined }),
  };
}

function builtHere({ path, info }: BuiltModule): Source {
  const vermagic = info.kind === 'module' ? info.vermagic : undefined;
  return {
    label: path,
    detail:
      vermagic === undefined
        ? vscode.l10n.t('Built in this workspace')
        : vscode.l10n.t('Built in this workspace, for {vermagic}', { vermagic }),
    choose: () => Promise.resolve({ from: path }),
  };
}

function fileOn(place: Place): Source {
  return {
    label: place.isFar
      ? vscode.l10n.t('A file of the vendor on {host}…', { host: place.host.name })
      : vscode.l10n.t('A file of the vendor…'),
    detail: vscode.l10n.t('A kernel RPM, a toa.ko that is built already, or an archive of these or of the source'),
    choose: () => chooseOn(place, { canSelectFiles: true }),
  };
}

/** The first step of its plan brings it to the host. */
function fileHere({ host }: Place): Source {
  return {
    label: vscode.l10n.t('A file of the vendor on this machine…'),
    detail: vscode.l10n.t('The first step brings it to {host}', { host: host.name }),
    async choose() {
      const uri = await open({ canSelectFiles: true, defaultUri: vscode.Uri.file(homedir()) });
      return uri && { from: uri.fsPath, files: new LocalHost() };
    },
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
  return { from: path };
}

async function open(options: vscode.OpenDialogOptions): Promise<vscode.Uri | undefined> {
  return (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Install which module?'), ...options }))?.[0];
}
