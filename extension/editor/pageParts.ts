import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ScriptedPage } from '../webview/document';

/** The folder that a page may load from. */
export function distOf(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist');
}

/** What a page with a script of its own loads into this webview: that script and our one style sheet, from `dist`. */
export function pageParts(webview: vscode.Webview, extensionUri: vscode.Uri, script: string): ScriptedPage {
  const uriOf = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(distOf(extensionUri), file)).toString();
  return {
    cspSource: webview.cspSource,
    scriptUri: uriOf(script),
    styleUri: uriOf('decoder-style.css'),
    nonce: pageNonce(),
  };
}

/** Random for each page; letters and digits. */
export function pageNonce(): string {
  return randomUUID().replaceAll('-', '');
}
