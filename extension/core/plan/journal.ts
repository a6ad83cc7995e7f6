import { isRecord, parseJson } from '../json';
import type { Message } from '../message';
import type { Action } from './step';

/** What the journal on a host tells of one step that was begun there and not undone since. */
export interface JournalEntry {
  /** Counts from 1; names the directory with what was there before. */
  readonly number: number;
  readonly step: string;
  readonly title: Message;
  /** `begun`: it was cut in the middle, or still runs. */
  readonly state: 'begun' | 'done' | 'failed';
  readonly undo: Action | undefined;
}

export interface Journal {
  /** In the order in which they were begun. */
  readonly entries: readonly JournalEntry[];
  /** For the next step. */
  readonly next: number;
  /** Whole lines that could not be read: somebody else wrote into the journal. */
  readonly unread: number;
}

type Event = 'begun' | 'done' | 'failed' | 'undone';

interface Line {
  readonly number: number;
  readonly event: Event;
  readonly step: string;
  readonly title: Message;
  readonly undo: Action | undefined;
}

/** One line of the journal, without the time, which the host writes before it. The title stays in English with its values apart, to be said in any language. */
export function journalLine(event: Event, entry: Omit<JournalEntry, 'state'>): string {
  const { number, step, title, undo } = entry;
  const { text, values } = title;
  return JSON.stringify({ number, event, step, ...(event === 'begun' ? { title: text, values, undo } : {}) });
}

/**
 * Reads a journal: `TIME JSON` in each line. A last line without its end was being written when the machine stopped; what it was about
 * to say had not happened yet, so it is passed over.
 */
export function readJournal(text: string): Journal {
  const whole = text.split('\n').slice(0, -1);
  const lines = whole.filter((line) => line.trim() !== '').map(readLine);
  const entries = new Map<number, JournalEntry>();
  for (const line of lines) {
    if (line === undefined) continue;
    const { number, event, step, title, undo } = line;
    const known = entries.get(number);
    if (event === 'begun') entries.set(number, { number, step, title, undo, state: 'begun' });
    else if (event === 'undone') entries.delete(number);
    else if (known !== undefined) entries.set(number, { ...known, state: event });
  }
  return {
    entries: [...entries.values()],
    next: lines.reduce((most, line) => Math.max(most, line?.number ?? 0), 0) + 1,
    unread: lines.filter((line) => line === undefined).length,
  };
}

function readLine(line: string): Line | undefined {
  const value = parseJson(line.slice(line.indexOf('{')));
  if (!isRecord(value)) return undefined;
  const { number, event, step, title = '', values = {}, undo } = value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) return undefined;
  if (!isEvent(event) || typeof step !== 'string' || typeof title !== 'string') return undefined;
  const action = undo === undefined ? undefined : asAction(undo);
  if (undo !== undefined && action === undefined) return undefined;
  return { number, event, step, title: { text: title, values: plainValues(values) }, undo: action };
}

/** Those of a line that was written before there were any are in its title. */
function plainValues(values: unknown): Message['values'] {
  if (!isRecord(values)) return {};
  const plain = Object.entries(values).filter(
    (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return Object.fromEntries(plain);
}

function isEvent(value: unknown): value is Event {
  return value === 'begun' || value === 'done' || value === 'failed' || value === 'undone';
}

function asAction(value: unknown): Action | undefined {
  if (!isRecord(value) || !Array.isArray(value['argv'])) return undefined;
  const words = value['argv'].filter((word): word is string => typeof word === 'string');
  const [program, ...rest] = words;
  const { script, directory } = value;
  if (program === undefined || words.length !== value['argv'].length) return undefined;
  return {
    argv: [program, ...rest],
    ...(typeof script === 'string' ? { script } : {}),
    ...(typeof directory === 'string' ? { directory } : {}),
  };
}
