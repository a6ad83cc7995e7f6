import * as vscode from 'vscode';
import type { Message } from '../core/message';

/** A message in the editor's language. */
export function translate({ text, values }: Message): string {
  return vscode.l10n.t(text, values);
}
