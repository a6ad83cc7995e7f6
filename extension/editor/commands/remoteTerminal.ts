import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { quoteForShell } from '../../core/shellText';
import { hostIn } from '../place';
import type { RemoteHosts } from '../remote/remoteHosts';
import { requireTrust } from '../trust';

/** "TOA: Open Terminal on the Host": the user's own shell there, in the workspace's folder. */
export function remoteTerminal(hosts: RemoteHosts): void {
  requireTrust();
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => hostIn(uri) !== undefined);
  const name = folder && hostIn(folder.uri);
  if (name === undefined)
    throw new Error(
      vscode.l10n.t('No folder of another host is open: “TOA: Open Remote Kernel Workspace…” opens one.'),
    );
  const start = `cd ${quoteForShell(folder?.uri.path ?? '/')}; exec "$SHELL" -l`;
  const shellArgs = [...hosts.terminalArguments(name), 'exec', 'sh', '-c', quoteForShell(start)];
  // ssh itself is started here, where the folder does not exist.
  vscode.window.createTerminal({ name, shellPath: 'ssh', shellArgs, cwd: homedir() }).show();
}
