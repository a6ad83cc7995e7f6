import * as vscode from 'vscode';
import type { Facts } from '../../core/facts';
import { render } from '../../core/message';
import { shownText } from '../../core/plan/step';
import type { JournalEntry } from '../../core/plan/journal';
import { readHostJournal, undoPlan, type UndoReport } from '../../doctor/plan/undoPlan';
import { shownJournal } from '../planContent';
import { PlanView, type PlanActs, type Watch } from '../planView';
import type { Session } from '../session';
import { stoppable } from '../stoppable';
import { translate } from '../translate';
import type { Workshop } from '../workshop';

/** "TOA: Uninstall Module…": shows what the host's journal tells, and takes it back on a click. */
export async function uninstallModule({ session, extensionUri }: Workshop): Promise<void> {
  const facts = await session.ready();
  const title = vscode.l10n.t('Reading what was done on {host}', { host: session.host.name });
  const journal = await stoppable(title, () => readHostJournal(session.host, facts));
  if (journal.entries.length === 0 && journal.unread === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('TOA Doctor has changed nothing on {host}.', { host: session.host.name }),
    );
    return;
  }
  const content = shownJournal(journal.entries, facts, session.host);
  new PlanView(content, actsFor(journal.entries, facts, session), session, extensionUri);
}

function actsFor(entries: readonly JournalEntry[], facts: Facts, session: Session): PlanActs {
  const textOf = (ids: readonly string[]): string =>
    [...entries]
      .reverse()
      .filter(({ number }) => ids.includes(String(number)))
      .flatMap(({ undo }) => (undo === undefined ? [] : [shownText(undo)]))
      .join('\n');
  return {
    run: (view, _, watch) => undo(view, facts, session, watch),
    copyText: textOf,
    script: textOf,
    why: () => undefined,
    inTerminal: () => Promise.resolve(),
  };
}

async function undo(view: PlanView, facts: Facts, session: Session, { signal, onStep }: Watch): Promise<void> {
  const report = await undoPlan(session.host, {
    facts,
    signal,
    onBegin: ({ number, title }) => {
      onStep(translate(title));
      view.progress(String(number), { phase: 'running' });
      session.log.info(`undo: ${render(title)}`);
    },
    onEnd: ({ number }) => {
      view.progress(String(number), { phase: 'undone' });
    },
    onOutput: (text) => {
      session.log.append(text);
    },
  });
  tell(view, report);
  await session.refresh({ anew: true });
}

function tell(view: PlanView, { outcome, undone, failed, problem }: UndoReport): void {
  const why = problem && translate(problem);
  if (failed !== undefined) view.progress(String(failed.number), { phase: 'failed', problem: why });
  const summary =
    why !== undefined
      ? vscode.l10n.t('{step} could not be undone. {reason} Uninstall again once that is mended.', {
          step: failed === undefined ? '' : translate(failed.title),
          reason: why,
        })
      : outcome === 'cancelled'
        ? vscode.l10n.t('Stopped after {steps} steps. The rest is undone when you uninstall again.', {
            steps: undone.length,
          })
        : vscode.l10n.t('{steps} steps were undone; what was there before is back.', { steps: undone.length });
  view.update({ summary, outcome: outcome === 'done' || outcome === 'nothing' ? 'good' : 'bad' });
  if (why === undefined) void vscode.window.showInformationMessage(summary);
  else void vscode.window.showErrorMessage(summary);
}
