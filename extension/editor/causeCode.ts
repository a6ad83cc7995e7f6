import * as vscode from 'vscode';
import { causePageUrl } from '../core/explain/causePage';

/** A cause as the code of a problem: a link to its page. */
export function causeCode(cause: string): { readonly value: string; readonly target: vscode.Uri } {
  return { value: cause, target: vscode.Uri.parse(causePageUrl(cause, vscode.env.language)) };
}
