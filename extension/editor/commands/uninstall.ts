import * as vscode from 'vscode';
import { readHostJournal, undoPlan, type UndoReport } from '../../doctor/plan/undoPlan';
import type { Facts } from '../../core/facts';
import type { Session } from '../session';
import { translate } from '../translate';

/** "TOA: Uninstall Module…": shows what the host's journal tells, and takes it back on a yes. */
export async function uninstallModule(session: Session): Promise<void> {
  await session.ready();
  const { facts } = session.store.state;
  if (facts === undefined) return;
  const { entries } = await readHostJournal(session.host, facts);
  if (entries.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('TOA Doctor has changed nothing on {host}.', { host: session.host.name }),
    );
    return;
  }
  const yes = vscode.l10n.t('Undo');
  const detail = [...entries]
    .reverse()
    .map(({ title, state }) => `• ${title} (${state})`)
    .join('\n');
  const question = vscode.l10n.t('Undo these steps on {host}, the last one first?', { host: session.host.name });
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
  tell(await undo(session, facts));
  await session.refresh({ anew: true });
}

function undo(session: Session, facts: Facts): Thenable<UndoReport> {
  const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Uninstalling') };
  return vscode.window.withProgress(options, (progress) =>
    undoPlan(session.host, {
      facts,
      onBegin: ({ title }) => {
        progress.report({ message: title });
        session.log.info(`undo: ${title}`);
      },
      onOutput: (text) => {
        session.log.append(text);
      },
    }),
  );
}

function tell({ undone, failed, problem }: UndoReport): void {
  if (problem !== undefined)
    throw new Error(
      vscode.l10n.t('{step} could not be undone. {reason} Uninstall again once that is mended.', {
        step: failed?.title ?? '',
        reason: translate(problem),
      }),
    );
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{steps} steps were undone; what was there before is back.', { steps: undone.length }),
  );
}
