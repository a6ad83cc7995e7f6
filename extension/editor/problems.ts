import * as vscode from 'vscode';
import { examine } from '../core/explain/examine';
import type { Finding } from '../core/explain/finding';
import { absolutePath, placeIn } from '../core/explain/place';
import type { Span } from '../core/text';
import { diagnosticAt } from './diagnostic';
import { findingDiagnostic, sourceProblem } from './findingDiagnostic';
import { failedBuild, failedBuilds } from './findings';
import type { Makefiles } from './makefiles';
import { pathIn } from './place';
import { rangeOf } from './positions';
import type { Session } from './session';
import { readSettings } from './settings';

/** Milliseconds without a keystroke before a Makefile is examined again. */
const PAUSE = 250;

/** Puts findings into Problems: on the characters of a Makefile that decide the kernel, and what the last build said beside them. */
export class Problems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('toa');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: vscode.Disposable;
  /** The C sources that have problems now. */
  private sources: readonly vscode.Uri[] = [];

  constructor(
    private readonly session: Session,
    private readonly makefiles: Makefiles,
  ) {
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
    const found = failedBuilds(this.session.store.state).flatMap(({ directory, findings }) =>
      findings.flatMap((finding) => sourceProblem(finding, directory, this.session.place) ?? []),
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
    const { state } = this.session.store;
    const { facts } = state;
    if (
      document.languageId !== 'makefile' ||
      this.session.place.pathOf(document.uri) === undefined ||
      facts === undefined
    )
      return;
    const reading = this.makefiles.read(document, facts);
    if (reading === undefined) {
      this.collection.set(document.uri, [tooLong()]);
      return;
    }
    const failed = failedBuild(pathIn(vscode.Uri.joinPath(document.uri, '..')), state);
    const examined = examine(reading, facts, readSettings().kernelRelease);
    const onTrees = examined.flatMap(({ tree, findings }) =>
      findings.flatMap((finding) =>
        (tree.sites.length > 0 ? tree.sites : [tree]).map(({ span }) =>
          findingDiagnostic(document.uri, rangeOf(document, span), finding, this.session.place),
        ),
      ),
    );
    const told = new Set(examined.flatMap(({ findings }) => findings.map(({ cause }) => cause)));
    const way = reading.trees[0]?.sites[0]?.span ?? reading.trees[0]?.span ?? { start: 0, end: 0 };
    const { place } = this.session;
    const { directory = '/', findings = [] } = failed ?? {};
    const fromBuild = findings
      .filter((finding) => !told.has(finding.cause) && sourceProblem(finding, directory, place) === undefined)
      .map((finding) =>
        findingDiagnostic(
          document.uri,
          rangeOf(document, lineNamed(document, finding, directory) ?? way),
          finding,
          place,
        ),
      );
    this.collection.set(document.uri, distinct([...onTrees, ...fromBuild]));
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
  return diagnosticAt(new vscode.Range(0, 0, 0, 0), text, vscode.DiagnosticSeverity.Information);
}

/** The characters of the line that a finding's first evidence names in this document; the end of its line is not among them. */
function lineNamed(document: vscode.TextDocument, { evidence: [first] }: Finding, directory: string): Span | undefined {
  const named = first && placeIn(first.text);
  if (named === undefined || absolutePath(named.path, directory) !== pathIn(document.uri)) return undefined;
  if (named.line > document.lineCount) return undefined;
  const { range } = document.lineAt(named.line - 1);
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

/** Two ways into the same tree through one variable are one problem. */
function distinct(diagnostics: readonly vscode.Diagnostic[]): readonly vscode.Diagnostic[] {
  const key = ({ range, message }: vscode.Diagnostic): string =>
    [range.start.line, range.start.character, range.end.character, message].join(':');
  return [...new Map(diagnostics.map((one) => [key(one), one])).values()];
}
