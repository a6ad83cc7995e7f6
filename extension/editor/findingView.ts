import * as vscode from 'vscode';
import { absolutePath, placeIn, type Place } from '../core/explain/place';
import type { Finding } from '../core/explain/finding';
import { findingPage, PAGE_COMMANDS } from '../webview/findingPage';
import { pageNonce } from './pageParts';
import { applyRemedy } from './remedies';
import type { Session } from './session';
import { translate } from './translate';

/** What is shown, and where the paths in its evidence are seen from. */
export interface Shown {
  readonly findings: readonly Finding[];
  readonly directory: string | undefined;
  /** The commands that were run to decide. */
  readonly asked?: readonly string[];
}

/** The page "TOA: Show Finding": one for the window, filled anew each time. */
export class FindingView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private shown: Shown = { findings: [], directory: undefined };

  constructor(private readonly session: Session) {}

  show(shown: Shown): void {
    this.shown = shown;
    const panel = this.panel ?? this.open();
    panel.webview.html = findingPage({
      findings: shown.findings,
      asked: shown.asked ?? [],
      say: translate,
      nonce: pageNonce(),
      language: vscode.env.language,
    });
    panel.reveal(undefined, false);
  }

  /** Opens the file that a piece of evidence names. The argument comes from a link of the page: two numbers. */
  async openEvidence(argument: unknown): Promise<void> {
    const [finding = -1, evidence = -1] = numbersIn(argument);
    const place = placeIn(this.shown.findings[finding]?.evidence[evidence]?.text ?? '');
    if (place !== undefined) await openPlace(place, this.session, this.shown.directory);
  }

  /** Offers a remedy of the page. The argument comes from a link of the page: two numbers. */
  async applyRemedy(argument: unknown): Promise<void> {
    const [finding = -1, index = -1] = numbersIn(argument);
    const remedy = this.shown.findings[finding]?.remedies[index];
    if (remedy !== undefined) await applyRemedy(remedy, this.session, this.shown.directory);
  }

  private open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel('toa.finding', vscode.l10n.t('Finding'), vscode.ViewColumn.Active, {
      enableScripts: false,
      enableFindWidget: true,
      localResourceRoots: [],
      enableCommandUris: Object.values(PAGE_COMMANDS),
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    this.panel = panel;
    return panel;
  }

  dispose(): void {
    this.panel?.dispose();
  }
}

function numbersIn(argument: unknown): readonly number[] {
  return Array.isArray(argument) ? argument.filter((one): one is number => Number.isInteger(one)) : [];
}

/** Opens a file at a line that a tool named. Says so when there is no such file. */
export async function openPlace(place: Place, session: Session, directory = '/'): Promise<void> {
  const uri = session.place.uriOf(absolutePath(place.path, directory));
  const at = new vscode.Position(Math.max(0, place.line - 1), Math.max(0, (place.column ?? 1) - 1));
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}
