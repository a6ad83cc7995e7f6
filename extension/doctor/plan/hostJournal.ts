import { journalLine, readJournal, type Journal, type JournalEntry } from '../../core/plan/journal';
import type { Action, Step } from '../../core/plan/step';
import { script } from '../../core/plan/step';
import begin from './scripts/begin.sh';
import common from './scripts/common.sh';
import end from './scripts/end.sh';
import forget from './scripts/forget.sh';
import read from './scripts/read.sh';
import restore from './scripts/restore.sh';
import type { RootHost } from './rootHost';

/** Where a host keeps what was changed on it and what was there before; for root alone. */
export const JOURNAL_DIRECTORY = '/var/lib/toa-doctor';

/** What was changed on a host, written before and after each step, so that a cut in the middle can be resumed or undone. */
export class HostJournal {
  constructor(
    private readonly host: RootHost,
    private readonly directory = JOURNAL_DIRECTORY,
  ) {}

  /** Rejects with one line when it cannot be read. */
  async read(): Promise<Journal> {
    return readJournal(await this.host.must(script(read, [this.directory])));
  }

  /** Keeps what the step changes, and says that it begins. */
  async begin(entry: Omit<JournalEntry, 'state'>, { paths, installs }: Step): Promise<void> {
    const line = journalLine('begun', entry);
    const args = [this.directory, String(entry.number), installs ?? '', line, ...paths];
    await this.host.must(script(common + begin, args));
  }

  async end(entry: Omit<JournalEntry, 'state'>, event: 'done' | 'failed'): Promise<void> {
    const args = [this.directory, String(entry.number), journalLine(event, entry)];
    await this.host.must(script(common + end, args));
  }

  /** The action that puts back what was kept, and says so in the journal. */
  restoring(entry: JournalEntry): Action {
    return script(common + restore, [this.directory, String(entry.number), journalLine('undone', entry)]);
  }

  /** Removes the journal and all that was kept. */
  async forget(): Promise<void> {
    await this.host.must(script(forget, [this.directory]));
  }
}
