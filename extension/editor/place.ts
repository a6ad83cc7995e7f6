import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { SCHEME, authorityOf, hostOf } from '../core/remote/authority';
import { quoteForShell } from '../core/shellText';
import type { Host } from '../host/host';
import { LocalHost } from '../host/local';
import type { RemoteHosts } from './remote/remoteHosts';

/** Where the workspace lies: on this machine (in a Remote-SSH window that is the server), or on a host by ssh. */
export interface Place {
  readonly host: Host;
  readonly isFar: boolean;
  /** The path on the host; `undefined` for what does not lie there. */
  pathOf(uri: vscode.Uri): string | undefined;
  uriOf(path: string): vscode.Uri;
  /** The argument list that runs a command on the host, in a directory there if one is given, from a terminal here; and where it is started. */
  inTerminal(
    argv: readonly string[],
    directory?: string,
  ): { readonly argv: readonly string[]; readonly cwd?: string | undefined };
}

/** The path that a document has where it lies. */
export function pathIn({ scheme, path, fsPath }: vscode.Uri): string {
  return scheme === 'file' ? fsPath : path;
}

/** The host of a `toa-ssh` URI. */
export function hostIn({ scheme, authority }: vscode.Uri): string | undefined {
  return scheme === SCHEME ? hostOf(authority) : undefined;
}

/** A folder of another host. */
interface FarFolder {
  readonly host: string;
  readonly path: string;
}

/** The window's folder on another host; `undefined` where it has none. */
function farFolder(): FarFolder | undefined {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => ({ host: hostIn(uri), path: uri.path }));
  return folders.find((folder): folder is FarFolder => folder.host !== undefined);
}

/** The same for a command that needs one. Throws one clear line where there is none. */
export function requireFarFolder(): FarFolder {
  const folder = farFolder();
  if (folder !== undefined) return folder;
  throw new Error(vscode.l10n.t('No folder of another host is open: “TOA: Open Remote Kernel Workspace…” opens one.'));
}

/** Where this window's folder lies. */
export function placeOfWorkspace(hosts: RemoteHosts): Place {
  const folder = farFolder();
  return folder === undefined ? here() : there(folder.host, hosts);
}

function here(): Place {
  return {
    host: new LocalHost(),
    isFar: false,
    pathOf: (uri) => (uri.scheme === 'file' ? uri.fsPath : undefined),
    uriOf: (path) => vscode.Uri.file(path),
    inTerminal: (argv, cwd) => ({ argv, cwd }),
  };
}

function there(name: string, hosts: RemoteHosts): Place {
  return {
    host: hosts.get(name),
    isFar: true,
    pathOf: (uri) => (hostIn(uri) === name ? uri.path : undefined),
    uriOf: (path) => farUri(name, path),
    inTerminal: (argv, directory) => {
      const words = argv.map(quoteForShell).join(' ');
      const there = directory === undefined ? words : `cd ${quoteForShell(directory)} && ${words}`;
      return { argv: ['ssh', ...hosts.terminalArguments(name), there], cwd: homedir() };
    },
  };
}

/** A file of a host. */
export function farUri(host: string, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, authority: authorityOf(host), path });
}
