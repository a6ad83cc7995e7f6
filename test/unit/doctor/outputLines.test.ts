import { expect, it } from 'vitest';
import { splitByStream } from '../../../extension/doctor/outputLines';

it('never cuts a line of one stream by what the other says', () => {
  const lines: string[] = [];
  const split = splitByStream((text) => lines.push(text));
  split.feed('make: *** /lib/mod', 'stderr');
  split.feed('  CC [M] a.o\n', 'stdout');
  split.feed('ules/6.1.0/build: No such file\nrest', 'stderr');
  split.end();
  expect(lines).toEqual(['  CC [M] a.o\n', 'make: *** /lib/modules/6.1.0/build: No such file\n', 'rest\n']);
});

it('passes a line without end on in pieces instead of keeping it', () => {
  const lines: string[] = [];
  const split = splitByStream((text) => lines.push(text));
  split.feed('x'.repeat(70_000), 'stdout');
  expect(lines.join('')).toHaveLength(70_000);
});
