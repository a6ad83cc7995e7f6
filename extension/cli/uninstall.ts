import type { JournalEntry } from '../core/plan/journal';
import { shownText } from '../core/plan/step';
import { readHostJournal, undoPlan } from '../doctor/plan/undoPlan';
import { probe } from '../host/probe';
import { parseArguments } from './arguments';
import { ask, canAsk } from './ask';
import { STATUS, UsageError, writeJson, type Io } from './io';
import { speaker } from './language';
import { HOST_OPTIONS, onHost } from './onHost';

const NOTHING = 'Nothing to undo: this host has no journal of TOA Doctor.\n';

const OPTIONS = { ...HOST_OPTIONS, 'dry-run': { type: 'boolean' }, yes: { type: 'boolean' } } as const;

/** `toa-doctor uninstall [--dry-run] [--yes] [--json]`: takes back what the journal of the host tells, the last step first. */
export async function uninstallCommand(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArguments(args, OPTIONS);
  const say = await speaker(io.env);
  const asJson = values.json === true;
  const shown = asJson ? io.stderr : io.stdout;
  return onHost(values, async (host) => {
    const facts = await probe(host, { headerDirectories: [] });
    const entries = [...(await readHostJournal(host, facts)).entries].reverse();
    shown.write(entries.length === 0 ? NOTHING : entries.map(undoText).join(''));
    if (values['dry-run'] === true) {
      if (asJson) writeJson(io, { outcome: 'planned', steps: entries.map(entryJson) });
      return STATUS.fine;
    }
    if (entries.length > 0 && values.yes !== true && !(await agreed(io))) return STATUS.findings;
    const { outcome, undone, failed, problem } = await undoPlan(host, {
      facts,
      onBegin: ({ title }) => shown.write(`\n── ${title}\n`),
      onOutput: (text) => shown.write(text),
    });
    const why = problem && say(problem);
    if (why !== undefined) shown.write(`${failed?.step ?? 'journal'}: ${why}\n`);
    if (asJson) writeJson(io, { outcome, undone: undone.map(entryJson), failed: failed?.step, problem: why });
    return outcome === 'done' || outcome === 'nothing' ? STATUS.fine : STATUS.findings;
  });
}

async function agreed(io: Io): Promise<boolean> {
  if (!canAsk(io)) throw new UsageError('nobody can be asked here: read what would be undone, then add --yes');
  return (await ask(io, '\nUndo these steps? [y]es, [N]o: ')) === 'y';
}

function undoText({ number, step, title, state, undo }: JournalEntry): string {
  const how = undo === undefined ? '' : `     # ${shownText(undo).replaceAll('\n', '\n       ')}\n`;
  return `${number}. ${title}  [${step}, ${state}]\n${how}     + what was there before is put back\n`;
}

function entryJson({ number, step, title, state, undo }: JournalEntry): object {
  return { number, step, title, state, undo: undo && shownText(undo) };
}
