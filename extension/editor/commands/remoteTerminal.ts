import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { quoteForShell } from '../../core/shellText';
import { requireFarFolder } from '../place';
import type { RemoteHosts } from '../remote/remoteHosts';
import { requireTrust } from '../trust';

/** "TOA: Open Terminal on the Host": the user's own shell there, in the workspace's folder. */
export function remoteTerminal(hosts: RemoteHosts): void {
  requireTrust();
  const { host: name, path } = requireFarFolder();
  const start = `cd ${quoteForShell(path)}; exec "$SHELL" -l`;
  const shellArgs = [...hosts.terminalArguments(name), 'exec', 'sh', '-c', quoteForShell(start)];
  // ssh itself is started here, where the folder does not exist.
  vscode.window.createTerminal({ name, shellPath: 'ssh', shellArgs, cwd: homedir() }).show();
}
