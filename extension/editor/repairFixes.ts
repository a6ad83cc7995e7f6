import * as vscode from 'vscode';
import type { Finding } from '../core/explain/finding';
import { filesToRepair, repairFile } from '../core/explain/repairs';
import { SCHEME } from '../core/remote/authority';
import type { BuildReport } from '../doctor/build';
import { showFindingCommand } from './commands/showFinding';
import { isOurs } from './diagnostic';
import { failedBuilds } from './findings';
import { LONGEST_EXAMINED } from './makefiles';
import { pathIn } from './place';
import { workspaceEdit } from './positions';
import type { Session } from './session';
import { translate } from './translate';

const SELECTOR: vscode.DocumentSelector = ['file', SCHEME].flatMap((scheme) =>
  ['makefile', 'c', 'cpp'].map((language) => ({ scheme, language })),
);

/** Quick fixes for what the last build found in a file: the edit that repairs it, made from the text as it is now, and the finding's page. */
export function registerRepairFixes(session: Session): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, _range, { diagnostics }) {
      const ours = diagnostics.filter((one) => isOurs(one) || one.source === 'kbuild');
      if (ours.length === 0) return [];
      return failedBuilds(session.store.state).flatMap((build) =>
        build.findings.flatMap((finding) => actions(document, finding, build, ours)),
      );
    },
  };
  return vscode.languages.registerCodeActionsProvider(SELECTOR, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function actions(
  document: vscode.TextDocument,
  finding: Finding,
  build: BuildReport,
  diagnostics: readonly vscode.Diagnostic[],
): readonly vscode.CodeAction[] {
  const { directory, meant } = build;
  const path = pathIn(document.uri);
  const isHere = pathIn(vscode.Uri.joinPath(document.uri, '..')) === directory;
  const makefiles = document.languageId === 'makefile' && isHere ? [path] : [];
  const isAbout = filesToRepair(finding, { directory, makefiles }).includes(path);
  if (!isAbout && !diagnostics.some(({ code }) => code === finding.cause)) return [];
  const text = document.getText();
  const repair = isAbout && text.length <= LONGEST_EXAMINED ? repairFile(finding, { path, text }, meant) : undefined;
  const page = new vscode.CodeAction(translate(finding.title), vscode.CodeActionKind.QuickFix);
  page.command = showFindingCommand(finding, directory);
  page.title = page.command.title;
  const edit = repair && new vscode.CodeAction(translate(repair.title), vscode.CodeActionKind.QuickFix);
  if (edit !== undefined && repair !== undefined) {
    edit.edit = workspaceEdit(document, repair.edits);
    edit.isPreferred = true;
  }
  return [...(edit === undefined ? [] : [edit]), page].map((action) => {
    action.diagnostics = [...diagnostics];
    return action;
  });
}
