import * as path from 'node:path';
import * as vscode from 'vscode';
import { dkmsEdits, findDkmsSites } from '../core/makefile/dkms';
import { SCHEME } from '../core/remote/authority';
import { diagnosticAt, isOurs } from './diagnostic';
import { rangeOf, workspaceEdit } from './positions';

const SELECTOR: vscode.DocumentSelector = [
  { scheme: 'file', pattern: '**/dkms.conf' },
  { scheme: SCHEME, pattern: '**/dkms.conf' },
];

/** In dkms.conf: `uname -r` names the running kernel where DKMS builds for another, as it does at every kernel update. */
export function registerDkmsConf(): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('toa-dkms');
  const refresh = (document: vscode.TextDocument): void => {
    if (path.basename(document.uri.path) === 'dkms.conf') collection.set(document.uri, problems(document));
  };
  vscode.workspace.textDocuments.forEach(refresh);
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(refresh),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      refresh(document);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      collection.delete(uri);
    }),
    vscode.languages.registerCodeActionsProvider(SELECTOR, { provideCodeActions }),
  );
}

function problems(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return findDkmsSites(document.getText()).map(({ span, directive }) => {
    const text = vscode.l10n.t(
      '{directive} sets its own kernel: at the next kernel update DKMS asks for another one, and gets this one.',
      { directive },
    );
    const { Warning } = vscode.DiagnosticSeverity;
    return diagnosticAt(rangeOf(document, span), text, Warning, 'makefile_uname_r_hardcoded');
  });
}

function provideCodeActions(document: vscode.TextDocument): vscode.CodeAction[] {
  const edits = dkmsEdits(document.getText());
  if (edits.length === 0) return [];
  const title = vscode.l10n.t('Use the kernel that DKMS builds for');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(document, edits);
  action.diagnostics = vscode.languages.getDiagnostics(document.uri).filter(isOurs);
  return [action];
}
