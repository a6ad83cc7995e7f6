import * as vscode from 'vscode';
import { examine } from '../core/explain/examine';
import type { Evidence, Finding } from '../core/explain/finding';
import { absolutePath, placeIn, type Place } from '../core/explain/place';
import { filesToRepair } from '../core/explain/repairs';
import type { BuildReport } from '../doctor/build';
import { pathIn } from './place';
import { rangeOf } from './positions';
import { failedBuilds } from './repairFixes';
import type { Session } from './session';
import { readSettings } from './settings';
import { translate } from './translate';

const SEVERITY = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

/** Milliseconds without a keystroke before a Makefile is examined again. */
const PAUSE = 250;

/** Puts findings into Problems: on the characters of a Makefile that decide the kernel, and what the last build said beside them. */
export class Problems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('toa');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: vscode.Disposable;
  /** The C sources that have problems now. */
  private sources: readonly vscode.Uri[] = [];

  constructor(private readonly session: Session) {
    this.subscriptions = vscode.Disposable.from(
      session.store.onDidChange(() => {
        this.refreshAll();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.refresh(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.schedule(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.cancel(document);
      }),
    );
    this.refreshAll();
  }

  private refreshAll(): void {
    for (const document of vscode.workspace.textDocuments) this.refresh(document);
    this.refreshSources();
    void this.openSources();
  }

  /** What the last builds found in C sources, at the lines that the compiler named. */
  private refreshSources(): void {
    for (const uri of this.sources) this.collection.delete(uri);
    const found = failedBuilds(this.session).flatMap(({ directory, findings }) =>
      findings.flatMap((finding) => this.sourceProblem(finding, directory) ?? []),
    );
    this.sources = found.map(({ uri }) => uri);
    for (const { uri, problem } of found) this.collection.set(uri, [...(this.collection.get(uri) ?? []), problem]);
  }

  /** Problems of a Makefile show even while it is not open in an editor. */
  private async openSources(): Promise<void> {
    for (const { file, problem } of this.session.store.state.sources) {
      if (file === undefined || problem !== undefined) continue;
      const isOpen = vscode.workspace.textDocuments.some(({ uri }) => this.session.place.pathOf(uri) === file);
      if (!isOpen) await vscode.workspace.openTextDocument(this.session.place.uriOf(file));
    }
  }

  private schedule(document: vscode.TextDocument): void {
    this.cancel(document);
    if (document.languageId !== 'makefile') return;
    const timer = setTimeout(() => {
      this.refresh(document);
    }, PAUSE);
    this.timers.set(document.uri.toString(), timer);
  }

  private cancel(document: vscode.TextDocument): void {
    clearTimeout(this.timers.get(document.uri.toString()));
    this.timers.delete(document.uri.toString());
  }

  private refresh(document: vscode.TextDocument): void {
    const { facts, builds } = this.session.store.state;
    if (
      document.languageId !== 'makefile' ||
      this.session.place.pathOf(document.uri) === undefined ||
      facts === undefined
    )
      return;
    const reading = this.session.makefiles.read(document, facts);
    if (reading === undefined) {
      this.collection.set(document.uri, [tooLong()]);
      return;
    }
    const build = builds.get(pathIn(vscode.Uri.joinPath(document.uri, '..')));
    const examined = examine(reading, facts, readSettings().kernelRelease);
    const onTrees = examined.flatMap(({ tree, findings }) =>
      findings.flatMap((finding) =>
        (tree.sites.length > 0 ? tree.sites : [tree]).map(({ span }) => this.diagnostic(document, span, finding)),
      ),
    );
    const told = new Set(examined.flatMap(({ findings }) => findings.map(({ cause }) => cause)));
    const place = reading.trees[0]?.sites[0]?.span ?? reading.trees[0]?.span ?? { start: 0, end: 0 };
    const { directory = '/' } = build ?? {};
    const fromBuild = buildFindings(build)
      .filter((finding) => !told.has(finding.cause) && this.sourceProblem(finding, directory) === undefined)
      .map((finding) => this.diagnostic(document, place, finding));
    this.collection.set(document.uri, distinct([...onTrees, ...fromBuild]));
  }

  private diagnostic(
    document: vscode.TextDocument,
    span: { start: number; end: number },
    finding: Finding,
  ): vscode.Diagnostic {
    const directory = pathIn(vscode.Uri.joinPath(document.uri, '..'));
    const result = new vscode.Diagnostic(rangeOf(document, span), translate(finding.title), SEVERITY[finding.severity]);
    result.source = 'TOA';
    result.code = finding.cause;
    result.relatedInformation = finding.evidence
      .filter(({ source }) => source !== 'makefile')
      .map((evidence) => this.related(evidence, directory, new vscode.Location(document.uri, result.range)));
    return result;
  }

  /** A piece of evidence at the line of the file that it names; where it names none, at the problem itself. */
  private related({ text }: Evidence, directory: string, itself: vscode.Location): vscode.DiagnosticRelatedInformation {
    const place = placeIn(text);
    const location =
      place === undefined
        ? itself
        : new vscode.Location(this.session.place.uriOf(absolutePath(place.path, directory)), rangeAt(place));
    return new vscode.DiagnosticRelatedInformation(location, text);
  }

  /** The problem of a finding in a C source of the directory; `undefined` when it is about something else. */
  private sourceProblem(
    finding: Finding,
    directory: string,
  ): { readonly uri: vscode.Uri; readonly problem: vscode.Diagnostic } | undefined {
    const [path] = filesToRepair(finding, { directory, makefiles: [] });
    const places = finding.evidence.flatMap(({ text }) => placeIn(text) ?? []);
    const place = places.find((one) => absolutePath(one.path, directory) === path);
    if (path === undefined) return undefined;
    const uri = this.session.place.uriOf(path);
    const range = rangeAt(place ?? { path, line: 1, column: 1 });
    const problem = new vscode.Diagnostic(range, translate(finding.title), SEVERITY[finding.severity]);
    problem.source = 'TOA';
    problem.code = finding.cause;
    const itself = new vscode.Location(uri, range);
    problem.relatedInformation = finding.evidence.map((one) => this.related(one, directory, itself));
    return { uri, problem };
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.subscriptions.dispose();
    this.collection.dispose();
  }
}

function tooLong(): vscode.Diagnostic {
  const text = vscode.l10n.t(
    'This Makefile is too long to be examined as you type. TOA: Diagnose and TOA: Build Module still read it.',
  );
  const result = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), text, vscode.DiagnosticSeverity.Information);
  result.source = 'TOA';
  return result;
}

function buildFindings(build: BuildReport | undefined): readonly Finding[] {
  return build === undefined || build.outcome === 'built' ? [] : build.findings;
}

/** From the place to the end of its line. */
function rangeAt({ line, column = 1 }: Place): vscode.Range {
  return new vscode.Range(line - 1, column - 1, line - 1, Number.MAX_SAFE_INTEGER);
}

/** Two ways into the same tree through one variable are one problem. */
function distinct(diagnostics: readonly vscode.Diagnostic[]): readonly vscode.Diagnostic[] {
  const key = ({ range, message }: vscode.Diagnostic): string =>
    [range.start.line, range.start.character, range.end.character, message].join(':');
  return [...new Map(diagnostics.map((one) => [key(one), one])).values()];
}
