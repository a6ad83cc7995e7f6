import * as vscode from 'vscode';
import type { Finding } from '../../core/explain/finding';
import { findingsOfSource } from '../findings';
import type { FindingView, Shown } from '../findingView';
import type { Session } from '../session';
import { translate } from '../translate';

interface FindingItem extends vscode.QuickPickItem {
  readonly shown: Shown;
}

/** "TOA: Show Finding": the page of one; of the one that is picked where there are several. Problems and views pass it. */
export async function showFinding(session: Session, view: FindingView, given: unknown): Promise<void> {
  if (isShown(given)) {
    view.show(given);
    return;
  }
  const items = knownFindings(session);
  if (items.length === 0) {
    const text = vscode.l10n.t('Nothing is wrong as far as it is known. Build the module, or run TOA: Diagnose.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const picked =
    items.length === 1
      ? items[0]
      : await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Show which finding?') });
  if (picked !== undefined) view.show(picked.shown);
}

/** What the last builds and the examination of the sources found. */
function knownFindings({ store: { state } }: Session): readonly FindingItem[] {
  return state.sources.flatMap((source) => {
    const { directory } = source;
    return findingsOfSource(source, state).map((finding) => ({
      label: translate(finding.title),
      description: directory,
      shown: { findings: [finding], directory },
    }));
  });
}

/** Only this extension's own problems and views pass one. */
function isShown(value: unknown): value is Shown {
  return typeof value === 'object' && value !== null && Array.isArray((value as { findings?: unknown }).findings);
}

/** A command that opens the page of a finding. */
export function showFindingCommand(finding: Finding, directory: string): vscode.Command {
  const shown: Shown = { findings: [finding], directory };
  return {
    title: vscode.l10n.t('Show why: proof, fix and what was ruled out'),
    command: 'toa.showFinding',
    arguments: [shown],
  };
}
