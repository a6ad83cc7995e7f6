import * as vscode from 'vscode';
import type { Evidence, Finding } from '../core/explain/finding';
import { absolutePath, placeIn, type Place as FilePlace } from '../core/explain/place';
import { filesToRepair } from '../core/explain/repairs';
import { diagnosticAt } from './diagnostic';
import { pathIn, type Place } from './place';
import { translate } from './translate';

const SEVERITY = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/** A finding as the problem of a Makefile; its other evidence is beside it. */
export function findingDiagnostic(
  makefile: vscode.Uri,
  range: vscode.Range,
  finding: Finding,
  place: Place,
): vscode.Diagnostic {
  const directory = pathIn(vscode.Uri.joinPath(makefile, '..'));
  const evidence = finding.evidence.filter(({ source }) => source !== 'makefile');
  return withEvidence(new vscode.Location(makefile, range), finding, evidence, { directory, place });
}

/** The problem of a finding in a C source of the directory; `undefined` when it is about something else. */
export function sourceProblem(
  finding: Finding,
  directory: string,
  place: Place,
): { readonly uri: vscode.Uri; readonly problem: vscode.Diagnostic } | undefined {
  const [path] = filesToRepair(finding, { directory, makefiles: [] });
  if (path === undefined) return undefined;
  const named = finding.evidence
    .flatMap(({ text }) => placeIn(text) ?? [])
    .find((one) => absolutePath(one.path, directory) === path);
  const uri = place.uriOf(path);
  const location = new vscode.Location(uri, rangeAt(named ?? { path, line: 1, column: 1 }));
  return { uri, problem: withEvidence(location, finding, finding.evidence, { directory, place }) };
}

/** Where the paths in the evidence are seen from. */
interface Seen {
  readonly directory: string;
  readonly place: Place;
}

function withEvidence(
  itself: vscode.Location,
  { title, severity, cause }: Finding,
  evidence: readonly Evidence[],
  seen: Seen,
): vscode.Diagnostic {
  const made = diagnosticAt(itself.range, translate(title), SEVERITY[severity], cause);
  made.relatedInformation = evidence.map((one) => related(one, itself, seen));
  return made;
}

/** A piece of evidence at the line of the file that it names; where it names none, at the problem itself. */
function related(
  { text }: Evidence,
  itself: vscode.Location,
  { directory, place }: Seen,
): vscode.DiagnosticRelatedInformation {
  const named = placeIn(text);
  const location =
    named === undefined
      ? itself
      : new vscode.Location(place.uriOf(absolutePath(named.path, directory)), rangeAt(named));
  return new vscode.DiagnosticRelatedInformation(location, text);
}

/** From the place to the end of its line. */
function rangeAt({ line, column = 1 }: FilePlace): vscode.Range {
  return new vscode.Range(line - 1, column - 1, line - 1, Number.MAX_SAFE_INTEGER);
}
