import * as vscode from 'vscode';
import { decoderPage, type DecoderPage } from '../webview/page';
import { translateDecoderStrings } from '../webview/strings';
import { distOf, pageParts } from './pageParts';
import { readSettings } from './settings';
import { translateText } from './translate';

/** Puts the decoder's page into a webview: nothing but its script and style sheet, from the extension's own `dist`. */
export function openDecoderPage(webview: vscode.Webview, extensionUri: vscode.Uri, shows: DecoderPage['shows']): void {
  webview.options = { enableScripts: true, localResourceRoots: [distOf(extensionUri)] };
  webview.html = decoderPage({
    ...pageParts(webview, extensionUri, 'decoder.js'),
    shows,
    strings: translateDecoderStrings(translateText),
    kinds: readSettings().decoderKinds,
    translations: vscode.l10n.bundle ?? {},
    language: vscode.env.language,
  });
}
