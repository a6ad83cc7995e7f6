import * as vscode from 'vscode';
import { explain } from '../../core/explain/engine';
import type { Finding } from '../../core/explain/finding';
import { readSymptoms } from '../../core/explain/recognise';
import { applyRemedy } from '../remedies';
import type { Session } from '../session';
import { translate } from '../translate';

/** "TOA: Explain Selection or Clipboard": the output of a make, insmod or dkms from anywhere, read with this host's facts. */
export async function explainText(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  const text = selected === '' ? await vscode.env.clipboard.readText() : selected;
  if (text.trim() === '') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Select the output to explain, or copy it, and run this again.'),
    );
    return;
  }
  // Without facts the text is still explained, only less surely.
  await session.ready().catch(() => undefined);
  const { facts } = session.store.state;
  const findings = explain({ symptoms: readSymptoms(text), facts, wanted: undefined, makefile: undefined });
  if (findings.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No known failure of a kernel module’s build or load is in this text.'),
    );
    return;
  }
  await show(findings, session);
}

interface FindingItem extends vscode.QuickPickItem {
  readonly act?: () => Promise<void>;
}

async function show(findings: readonly Finding[], session: Session): Promise<void> {
  const items = findings.flatMap((finding): readonly FindingItem[] => [
    { label: translate(finding.title), detail: translate(finding.explanation) },
    ...finding.remedies.map((remedy) => ({
      label: `$(lightbulb) ${translate(remedy.title)}`,
      act: () => applyRemedy(remedy, session),
    })),
    ...finding.alsoPossible.map(({ cause, decidedBy }) => ({
      label: `$(question) ${vscode.l10n.t('Also possible: {cause}', { cause })}`,
      detail: translate(decidedBy),
    })),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('What the text says'),
    matchOnDetail: true,
  });
  await picked?.act?.();
}
