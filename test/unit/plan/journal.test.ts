import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalLine, readJournal } from '../../../extension/core/plan/journal';

const title = { text: 'Load at boot: {path}', values: { path: '/etc/{path}' } };
const entry = { number: 1, step: 'autoload', title, undo: { argv: ['depmod', '-a'] as const } };
const second = { number: 2, step: 'load', title: { text: 'Load', values: {} }, undo: undefined };
const at = (line: string): string => `2026-11-23T02:00:00Z ${line}\n`;

describe('the journal', () => {
  it('knows steps by how they ended, and their undo', () => {
    const text = [journalLine('begun', entry), journalLine('done', entry), journalLine('begun', second)]
      .map(at)
      .join('');
    expect(readJournal(text)).toEqual({
      entries: [
        { ...entry, state: 'done' },
        { ...second, state: 'begun' },
      ],
      next: 3,
      unread: 0,
    });
  });

  it('forgets what was undone, and never gives its number again', () => {
    const text = [journalLine('begun', entry), journalLine('undone', entry)].map(at).join('');
    expect(readJournal(text)).toEqual({ entries: [], next: 2, unread: 0 });
  });

  it('takes a cut last line for something that had not happened', () => {
    const whole = at(journalLine('begun', entry));
    const cut = at(journalLine('done', entry)).slice(0, -1);
    expect(readJournal(whole + cut).entries).toEqual([{ ...entry, state: 'begun' }]);
    expect(readJournal(whole + cut.slice(0, -9)).unread).toBe(0);
  });

  it('counts lines that are none of its own, and takes no undo from them', () => {
    const text = `hello\n${at('{"number":1,"event":"begun","step":"x","title":"","undo":{"argv":["rm",5]}}')}`;
    expect(readJournal(text)).toEqual({ entries: [], next: 1, unread: 2 });
  });

  it('keeps a title as it was written before its values stood apart, and takes no other values', () => {
    const line = '{"number":1,"event":"begun","step":"x","title":"Load {a} {b}","values":{"a":1,"b":{"text":"c"}}}';
    expect(readJournal(at(line)).entries[0]?.title).toEqual({ text: 'Load {a} {b}', values: { a: 1 } });
    expect(readJournal(at(line.replace(/"values".*/, '"state":0}'))).entries[0]?.title.values).toEqual({});
  });

  it('reads any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readJournal(`${text}\n${at(journalLine('begun', entry))}`).entries.at(-1)).toMatchObject({
          step: 'autoload',
        });
      }),
    );
  });
});
