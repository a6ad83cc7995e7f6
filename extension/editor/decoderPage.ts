import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { decoderPage, type DecoderPage } from '../webview/page';
import { translateDecoderStrings } from '../webview/strings';
import { readSettings } from './settings';

/** Puts the decoder's page into a webview: nothing but its script and style sheet, from the extension's own `dist`. */
export function openDecoderPage(webview: vscode.Webview, extensionUri: vscode.Uri, shows: DecoderPage['shows']): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = decoderPage({
    cspSource: webview.cspSource,
    scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'decoder.js')).toString(),
    styleUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'decoder-style.css')).toString(),
    nonce: randomUUID().replaceAll('-', ''),
    shows,
    strings: translateDecoderStrings((english) => vscode.l10n.t(english)),
    kinds: readSettings().decoderKinds,
    translations: vscode.l10n.bundle ?? {},
    language: vscode.env.language,
  });
}
