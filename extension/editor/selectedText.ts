import * as vscode from 'vscode';

/** The selected text, or the clipboard's where nothing is selected. */
export async function selectedText(): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  return selected === '' ? vscode.env.clipboard.readText() : selected;
}
