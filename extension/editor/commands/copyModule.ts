import * as vscode from 'vscode';
import type { SshHost } from '../../host/ssh/sshHost';
import { stoppable } from '../stoppable';

/** Asks for a directory on a host, without a slash at its end. */
export async function askPath(title: string, value: string): Promise<string | undefined> {
  const path = await vscode.window.showInputBox({
    title,
    value,
    ignoreFocusOut: true,
    validateInput: (text) => (text.startsWith('/') ? undefined : vscode.l10n.t('An absolute path on the host')),
  });
  return path === undefined || path === '/' ? path : path.replace(/\/+$/, '');
}

/** Copies the source that comes with the extension to a directory that is asked for; files that are there already are never overwritten. */
export async function copyModule(
  host: SshHost,
  title: string,
  home: string,
  extensionUri: vscode.Uri,
): Promise<string | undefined> {
  const target = await askPath(title, `${home === '/' ? '' : home}/toa`);
  if (target === undefined) return undefined;
  const source = vscode.Uri.joinPath(extensionUri, 'kernel');
  await stoppable(vscode.l10n.t('Copying to {path}', { path: target }), async (signal) => {
    await host.files.change('make-directory', target);
    for (const [name, type] of await vscode.workspace.fs.readDirectory(source)) {
      if (signal.aborted || type !== vscode.FileType.File) continue;
      const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(source, name));
      await host.files.write(`${target}/${name}`, content, 'new');
    }
  });
  return target;
}
