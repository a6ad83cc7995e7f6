import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedOutput } from '../../../extension/host/boundedOutput';

describe('BoundedOutput', () => {
  it('keeps the first and the last bytes of any chunks, and counts the rest', () => {
    const chunks = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 40 }), { maxLength: 20 });
    fc.assert(
      fc.property(chunks, fc.nat(60), (texts, limit) => {
        const output = new BoundedOutput(limit);
        for (const text of texts) output.push(Buffer.from(text));
        const all = texts.join('');
        const head = Math.ceil(limit / 2);
        const cut = `${all.slice(0, head)}\n${all.slice(all.length - (limit - head))}`;
        expect(output.text()).toBe(all.length <= limit ? all : cut);
        expect(output.dropped).toBe(Math.max(0, all.length - limit));
      }),
    );
  });
});
