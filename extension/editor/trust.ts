import * as vscode from 'vscode';

/** Throws one clear line where the workspace is not trusted: nothing is run there, on no host. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted)
    throw new Error(vscode.l10n.t('This workspace is not trusted: nothing is run on its host.'));
}
