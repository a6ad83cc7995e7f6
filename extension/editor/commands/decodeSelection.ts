import * as vscode from 'vscode';
import type { DecoderView } from '../decoderView';

/** "TOA: Decode Selection": the selected text, or the clipboard where nothing is selected, in the decoder panel. */
export async function decodeSelection(decoder: DecoderView): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  await decoder.reveal(selected === '' ? await vscode.env.clipboard.readText() : selected);
}
