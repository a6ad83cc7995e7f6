import * as vscode from 'vscode';
import { mayBuildModule } from '../../core/makefile/mayBuildModule';
import { SCHEME } from '../../core/remote/authority';
import { once } from '../once';
import type { OpenWorkshop } from '../workshop';

/** What package.json activates for: a TOA module's source, or a module that DKMS keeps. */
const SOURCES = '{toa.c,*/toa.c,*/*/toa.c,dkms.conf}';

/** Opens the workshop once there is something for it to look at: a module's Makefile or source, or a folder of another host. */
export function openForSources(open: OpenWorkshop): vscode.Disposable {
  // Later: what is loaded then is no part of the start, which the whole editor waits for.
  const start = once(() => setImmediate(() => void open()));
  const look = (document: vscode.TextDocument): void => {
    if (document.languageId === 'makefile' && mayBuildModule(document.getText())) start();
  };
  vscode.workspace.textDocuments.forEach(look);
  // VS Code does not look for files on a host that only we reach.
  if (vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === SCHEME) === true) start();
  else
    void vscode.workspace.findFiles(SOURCES, '**/node_modules/**', 1).then(({ length }) => {
      if (length > 0) start();
    });
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidSaveTextDocument(look),
  );
}
