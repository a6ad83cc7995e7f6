import * as vscode from 'vscode';
import { render, type Message, type Translate } from '../core/message';

/** A text that a message was made of, its places not yet filled. */
export const translateText: Translate = (english) => vscode.l10n.t(english);

/** A message in the editor's language. */
export function translate(message: Message): string {
  return render(message, translateText);
}
