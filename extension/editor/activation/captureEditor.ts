import * as vscode from 'vscode';
import type { CaptureDocument } from '../captureEditor';

/** The editor of captures, read-only. */
export function registerCaptureEditor(extensionUri: vscode.Uri): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider<CaptureDocument> = {
    openCustomDocument: async (uri) => (await import('../captureEditor')).openCaptureDocument(uri),
    resolveCustomEditor: async (document, { webview }) => {
      (await import('../captureEditor')).showCapture(document, webview, extensionUri);
    },
  };
  return vscode.window.registerCustomEditorProvider('toa.capture', provider);
}
