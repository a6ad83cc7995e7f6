import * as vscode from 'vscode';
import type { Session } from './session';

/** Looks again when something changed that the findings depend on: a Makefile saved, a setting, the workspace's folders or its trust. */
export function watchWorkspace(session: Session): vscode.Disposable {
  const refresh = (): void => {
    void session.refresh();
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId === 'makefile') refresh();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('toa')) refresh();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(refresh),
  );
}
