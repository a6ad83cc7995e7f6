import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COPY_FORMS } from '../../../extension/webview/copy-as';
import { arrange, type Cells, type Row } from '../../../extension/webview/rows';

const rows = (...cells: readonly Cells[]): readonly Row<Cells>[] => cells.map((one) => ({ source: one, cells: one }));
const clientsOf = (list: readonly Row<Cells>[]): readonly unknown[] => list.map(({ cells }) => cells['client']);

const some = rows(
  { client: '10.0.0.10:80', count: 2, note: 'Kind 254' },
  { client: '10.0.0.9:80', count: 11, note: null },
  { client: null, count: 1, note: 'lost' },
);

describe('arrange', () => {
  it('leaves rows as they came', () => {
    expect(arrange(some, '')).toEqual(some);
  });

  it('finds every word in any column, in any case', () => {
    expect(clientsOf(arrange(some, ' kind 10.0 '))).toEqual(['10.0.0.10:80']);
    expect(clientsOf(arrange(some, 'kind lost'))).toEqual([]);
  });

  it('sorts addresses and numbers by value, and keeps what is empty at the end', () => {
    const by = (column: string, descending: boolean): readonly unknown[] =>
      clientsOf(arrange(some, '', { column, descending }));
    expect(by('client', false)).toEqual(['10.0.0.9:80', '10.0.0.10:80', null]);
    expect(by('client', true)).toEqual(['10.0.0.10:80', '10.0.0.9:80', null]);
    expect(by('count', false)).toEqual([null, '10.0.0.10:80', '10.0.0.9:80']);
  });

  it('keeps the order of rows that are equal', () => {
    const same = rows({ client: 'a', n: 1 }, { client: 'b', n: 1 }, { client: 'c', n: 0 });
    expect(clientsOf(arrange(same, '', { column: 'n', descending: true }))).toEqual(['a', 'b', 'c']);
  });
});

describe('copying a table', () => {
  it('aligns text, and leaves no space at the ends of lines', () => {
    expect(COPY_FORMS.text(some.map(({ cells }) => cells))).toBe(
      'client        count  note\n10.0.0.10:80  2      Kind 254\n10.0.0.9:80   11\n              1      lost\n',
    );
  });

  it('writes CSV that no spreadsheet calculates', () => {
    expect(COPY_FORMS.csv([{ client: '=cmd()', note: 'a "b", c' }])).toBe('client,note\r\n\'=cmd(),"a ""b"", c"\r\n');
  });

  it('writes CSV that reads back', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1 }), (cells) => {
        const csv = COPY_FORMS.csv(cells.map(([a = '', b = '']) => ({ a, b })));
        const safe = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
        expect(readCsv(csv)).toEqual([['a', 'b'], ...cells.map((line) => line.map(safe))]);
      }),
    );
  });

  it('writes JSON with numbers as numbers', () => {
    expect(JSON.parse(COPY_FORMS.json([{ client: 'a', count: 2 }]))).toEqual([{ client: 'a', count: 2 }]);
  });
});

/** A CSV reader of its own: RFC 4180, by character. */
function readCsv(csv: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const end = (): void => {
    lines.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < csv.length; at++) {
    const character = csv.charAt(at);
    if (character === '"' && quoted && csv.charAt(at + 1) === '"') cell += csv.charAt(at++);
    else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) end();
    else if (character === '\r' && !quoted && csv.charAt(at + 1) === '\n') {
      end();
      lines.push([]);
      at++;
    } else cell += character;
  }
  return lines.slice(0, -1);
}
