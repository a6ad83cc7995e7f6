import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** The folder that is open. */
export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return folder.uri.fsPath;
}

/** Waits until `look` finds something; fails with what was waited for. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  patience = 20_000,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Writes a Makefile into a folder of its own below the workspace and opens it. */
export async function openMakefile(name: string, text: string): Promise<vscode.TextDocument> {
  const directory = join(workspaceFolder(), name);
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'Makefile');
  writeFileSync(file, text);
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  return document;
}

/** The problems of the extension in a document, once there are some. */
export function problemsOf(document: vscode.TextDocument): Promise<readonly vscode.Diagnostic[]> {
  return eventually(`problems in ${document.fileName}`, () => {
    const ours = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'TOA');
    return ours.length > 0 ? ours : undefined;
  });
}

/** The quick fixes at a problem. */
export async function fixesAt(
  document: vscode.TextDocument,
  problem: vscode.Diagnostic,
): Promise<readonly vscode.CodeAction[]> {
  return (
    (await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    )) ?? []
  );
}

/** Applies the quick fix whose title matches. */
export async function applyFix(document: vscode.TextDocument, title: RegExp): Promise<void> {
  const [problem] = await problemsOf(document);
  assert.ok(problem);
  const fix = (await fixesAt(document, problem)).find((action) => title.test(action.title));
  assert.ok(fix?.edit, `no quick fix ${String(title)}`);
  assert.ok(await vscode.workspace.applyEdit(fix.edit));
}
