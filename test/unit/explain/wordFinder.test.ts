// The finder of words against the obvious way: the same lines and the same owners, however the text is cut.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineScanner } from '../../../extension/core/explain/lineScanner';
import { findWords } from '../../../extension/core/explain/wordFinder';

const word = fc.stringMatching(/^[ab：]{1,4}$/);
const lists = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });

it('passes on exactly the lines with a word, with the owners of all its words', () => {
  fc.assert(
    fc.property(lists, fc.stringMatching(/^[abc：\n]{0,80}$/), fc.array(fc.nat(80)), (words, text, cuts) => {
      const seen: unknown[] = [];
      const scanner = new LineScanner(findWords(words), (line, number, owners) => {
        seen.push([number, line, owners]);
        return false;
      });
      const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
      places.slice(1).forEach((end, index) => {
        scanner.feed(text.slice(places[index], end));
      });
      scanner.end();
      const wanted = text.split('\n').flatMap((line, index) => {
        const owners = words.flatMap((list, owner) => (list.some((one) => line.includes(one)) ? [owner] : []));
        return owners.length === 0 ? [] : [[index + 1, line, owners]];
      });
      expect(seen).toEqual(wanted);
    }),
    { numRuns: 2000 },
  );
});

it('passes no line on for an owner that is muted, unless another one asks for it', () => {
  const seen: string[] = [];
  const scanner = new LineScanner(findWords([['a'], ['b']]), (line) => {
    seen.push(line);
    return false;
  });
  scanner.mute(0);
  scanner.feed('a\nb\nab\n');
  expect(seen).toEqual(['b', 'ab']);
});

it('passes the next line on when it is asked for, whatever that has', () => {
  const seen: unknown[] = [];
  const scanner = new LineScanner(findWords([['a']]), (line, number, owners) => {
    seen.push([number, line, owners]);
    return line === 'a';
  });
  scanner.feed('x\na\n');
  scanner.feed('x\ny\na\n');
  scanner.feed('end');
  scanner.end();
  expect(seen).toEqual([
    [2, 'a', [0]],
    [3, 'x', []],
    [5, 'a', [0]],
    [6, 'end', []],
  ]);
});
