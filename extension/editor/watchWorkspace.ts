import * as vscode from 'vscode';
import { mayBuildModule } from '../core/makefile/mayBuildModule';
import type { Session } from './session';

/** What a module's source has at its top. */
const SOURCES = '{Makefile,makefile,GNUmakefile,Kbuild,dkms.conf,*/Makefile,*/Kbuild,*/*/Makefile,*/*/Kbuild}';

/**
 * Looks at the host when there is a Makefile to look for, and again when something changed that the findings depend on: a Makefile saved, a
 * setting, the workspace's folders or its trust. A window that only decodes options never asks the host anything.
 */
export function watchWorkspace(session: Session): vscode.Disposable {
  const look = (): void => {
    void session.refresh();
  };
  const lookAgain = (): void => {
    if (session.store.state.probe !== 'unknown') look();
  };
  const lookAt = (document: vscode.TextDocument): void => {
    if (
      document.languageId === 'makefile' &&
      mayBuildModule(document.getText()) &&
      session.store.state.probe === 'unknown'
    )
      look();
  };
  vscode.workspace.textDocuments.forEach(lookAt);
  // VS Code does not look for files on a host that only we reach.
  if (session.place.isFar) look();
  void vscode.workspace.findFiles(SOURCES, '**/node_modules/**', 1).then(({ length }) => {
    if (length > 0 && session.store.state.probe === 'unknown') look();
  });
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(lookAt),
    vscode.workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId === 'makefile') look();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('toa')) lookAgain();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(lookAgain),
    vscode.workspace.onDidGrantWorkspaceTrust(lookAgain),
  );
}
