import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { SshHost } from '../../host/ssh/sshHost';

/** A file of this machine that was brought to a host. */
export interface HostCopy {
  readonly path: string;
  /** Takes it away again; never rejects, for it lies in /tmp. */
  readonly remove: () => Promise<void>;
}

/** Copies a file of this machine into a directory of /tmp that only the user can enter, with progress. Rejects when it cannot. */
export async function copyToHost(host: SshHost, uri: vscode.Uri): Promise<HostCopy> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const directory = `/tmp/toa-doctor-${randomUUID()}`;
  const path = `${directory}/${name}`;
  const remove = async (): Promise<void> => {
    await host.run({ argv: ['rm', '-rf', directory] });
  };
  const send = async (): Promise<void> => {
    const content = await vscode.workspace.fs.readFile(uri);
    const { code, stderr, reason } = await host.run({ argv: ['mkdir', '-m', '700', directory] });
    if (code !== 0) throw new Error(reason ?? stderr.trim());
    await host.files.write(path, content, 'new');
  };
  const title = vscode.l10n.t('Copying {file} to {host}', { file: name, host: host.name });
  const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  try {
    await vscode.window.withProgress(shown, (_, cancellation) => Promise.race([send(), cancelled(cancellation)]));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}

/** Rejects when the user has had enough; a file that is under way then has no place to go. */
function cancelled(cancellation: vscode.CancellationToken): Promise<never> {
  return new Promise((_, reject) => {
    cancellation.onCancellationRequested(() => {
      reject(new vscode.CancellationError());
    });
  });
}
