import * as vscode from 'vscode';
import type { Ask } from '../../host/ssh/questions';

/** Shows what ssh asks. Escape refuses, and a refusal ends the connection. */
export const askUser: Ask = async (host, { kind, text }, signal) => {
  const ended = new vscode.CancellationTokenSource();
  signal.addEventListener('abort', () => {
    ended.cancel();
  });
  switch (kind) {
    case 'host-key': {
      const yes = vscode.l10n.t('Connect');
      const title = vscode.l10n.t('Connect to {host}?', { host });
      const answer = await vscode.window.showWarningMessage(title, { modal: true, detail: text }, yes);
      return answer === yes ? 'yes' : undefined;
    }
    case 'secret':
      return vscode.window.showInputBox(
        { title: vscode.l10n.t('ssh to {host}', { host }), prompt: text, password: true, ignoreFocusOut: true },
        ended.token,
      );
    case 'notice':
      return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: text }, () => {
        const over = new Promise<undefined>((resolve) => {
          ended.token.onCancellationRequested(() => {
            resolve(undefined);
          });
        });
        return over;
      });
  }
};
