import * as vscode from 'vscode';
import { causePageUrl } from '../core/explain/causePage';

/** What Problems names as the source of ours. */
const SOURCE = 'TOA';

/** A problem of ours; its cause is a link to the cause's page. */
export function diagnosticAt(
  range: vscode.Range,
  text: string,
  severity: vscode.DiagnosticSeverity,
  cause?: string,
): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, text, severity);
  made.source = SOURCE;
  if (cause !== undefined)
    made.code = { value: cause, target: vscode.Uri.parse(causePageUrl(cause, vscode.env.language)) };
  return made;
}

export function isOurs({ source }: vscode.Diagnostic): boolean {
  return source === SOURCE;
}
