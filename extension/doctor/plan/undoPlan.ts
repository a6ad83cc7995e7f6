import { message, type Message } from '../../core/message';
import type { Facts } from '../../core/facts';
import type { Journal, JournalEntry } from '../../core/plan/journal';
import type { Host, Stream } from '../../host/host';
import { HostJournal, JOURNAL_DIRECTORY } from './hostJournal';
import { whileLocked } from './hostLock';
import { RootHost } from './rootHost';
import { failure } from './runPlan';

export interface UndoRun {
  readonly facts: Facts;
  readonly onBegin?: (entry: JournalEntry) => void;
  readonly onEnd?: (entry: JournalEntry) => void;
  readonly onOutput?: (text: string, stream: Stream) => void;
  readonly signal?: AbortSignal;
  readonly directory?: string;
}

export interface UndoReport {
  readonly outcome: 'done' | 'nothing' | 'failed' | 'cancelled';
  readonly undone: readonly JournalEntry[];
  /** The one that failed. */
  readonly failed?: JournalEntry;
  readonly problem?: Message;
}

/** What the journal of a host tells. Rejects with PlanError. */
export async function readHostJournal(host: Host, facts: Facts): Promise<Journal> {
  return new HostJournal(await RootHost.of(host, facts)).read();
}

/**
 * Takes back every step of the journal, the last one first; stops at the first that fails. Can be run again after that, or after a cut.
 * Rejects with PlanError, also when another run is changing the host.
 */
export async function undoPlan(host: Host, run: UndoRun): Promise<UndoReport> {
  const root = await RootHost.of(host, run.facts);
  return whileLocked(root, run.directory ?? JOURNAL_DIRECTORY, () => undoAll(root, run));
}

async function undoAll(root: RootHost, run: UndoRun): Promise<UndoReport> {
  const journal = new HostJournal(root, run.directory);
  const { entries, unread } = await journal.read();
  const undone: JournalEntry[] = [];
  if (entries.length === 0 && unread === 0) {
    await journal.forget();
    return { outcome: 'nothing', undone };
  }
  for (const entry of [...entries].reverse()) {
    run.onBegin?.(entry);
    const actions = [...(entry.undo === undefined ? [] : [entry.undo]), journal.restoring(entry)];
    for (const action of actions) {
      const result = await root.run(action, { signal: run.signal, onOutput: run.onOutput });
      if (result.outcome === 'cancelled') return { outcome: 'cancelled', undone };
      if (result.code !== 0) return { outcome: 'failed', undone, failed: entry, problem: failure(result) };
    }
    undone.push(entry);
    run.onEnd?.(entry);
  }
  if (unread > 0) {
    const problem = message(
      'All steps that could be read are undone. {unread} lines of the journal were changed by somebody else, so it is kept.',
      { unread },
    );
    return { outcome: 'failed', undone, problem };
  }
  await journal.forget();
  return { outcome: 'done', undone };
}
