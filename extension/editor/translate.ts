import * as vscode from 'vscode';
import { render, type Message } from '../core/message';

/** A message in the editor's language. */
export function translate(message: Message): string {
  return render(message, (english) => vscode.l10n.t(english));
}
