import type { JournalEntry } from '../core/plan/journal';
import { message, render, type Say } from '../core/message';
import { shownText } from '../core/plan/step';
import { readHostJournal, undoPlan } from '../doctor/plan/undoPlan';
import { probe } from '../host/probe';
import { UsageError } from './arguments';
import { ask, canAsk } from './ask';
import { command } from './command';
import { STATUS, writeJson, type Io } from './io';
import { speaker } from './language';
import { onHost } from './onHost';
import { AS_JSON, WHERE, YES } from './options';

const ABOUT = {
  about: message('take back every step that the journal of the host tells, the last one first'),
  options: {
    'dry-run': { type: 'boolean', about: message('show the steps, and change nothing') },
    ...YES,
    ...WHERE,
    ...AS_JSON,
  },
} as const;

export const uninstallCommand = command(ABOUT, async ({ values }, io) => {
  const say = await speaker(io.env);
  const asJson = values.json === true;
  const shown = asJson ? io.stderr : io.stdout;
  return onHost(values, async (host) => {
    const facts = await probe(host, { headerDirectories: [] });
    const entries = [...(await readHostJournal(host, facts)).entries].reverse();
    const nothing = `${say(message('Nothing to undo: this host has no journal of TOA Doctor.'))}\n`;
    shown.write(entries.length === 0 ? nothing : entries.map((entry) => undoText(entry, say)).join(''));
    if (values['dry-run'] === true) {
      if (asJson) writeJson(io, { outcome: 'planned', steps: entries.map(entryJson) });
      return STATUS.fine;
    }
    if (entries.length > 0 && values.yes !== true && !(await agreed(io, say))) return STATUS.findings;
    const { outcome, undone, failed, problem } = await undoPlan(host, {
      facts,
      onBegin: ({ title }) => shown.write(`\n── ${say(title)}\n`),
      onOutput: (text) => shown.write(text),
    });
    const why = problem && say(problem);
    if (why !== undefined) shown.write(`${failed?.step ?? 'journal'}: ${why}\n`);
    if (asJson) writeJson(io, { outcome, undone: undone.map(entryJson), failed: failed?.step, problem: why });
    return outcome === 'done' || outcome === 'nothing' ? STATUS.fine : STATUS.findings;
  });
});

async function agreed(io: Io, say: Say): Promise<boolean> {
  if (!canAsk(io)) throw new UsageError(message('nobody can be asked here: read what would be undone, then add --yes'));
  return (await ask(io, `\n${say(message('Undo these steps? [y]es, [N]o:'))} `)) === 'y';
}

function undoText({ number, step, title, state, undo }: JournalEntry, say: Say): string {
  const how = undo === undefined ? '' : `     # ${shownText(undo).replaceAll('\n', '\n       ')}\n`;
  const back = say(message('what was there before is put back'));
  return `${number}. ${say(title)}  [${step}, ${state}]\n${how}     + ${back}\n`;
}

function entryJson({ number, step, title, state, undo }: JournalEntry): object {
  return { number, step, title: render(title), state, undo: undo && shownText(undo) };
}
