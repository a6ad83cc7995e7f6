import * as vscode from 'vscode';
import { SCHEME } from '../../core/remote/authority';

/** Over the bytes of an address option in any text: the client. There once anything of the extension was used; no text file starts it. */
export function registerOptionHover(): vscode.Disposable {
  const selector = [{ scheme: 'file' }, { scheme: 'untitled' }, { scheme: 'vscode-remote' }, { scheme: SCHEME }];
  return vscode.languages.registerHoverProvider(selector, {
    provideHover: async (document, position) => (await import('../optionHover')).optionHover(document, position),
  });
}
