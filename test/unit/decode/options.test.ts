import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meetsKind, walkOptions } from '../../../extension/core/decode/options';
import { bytes } from './build';

const kinds = (hex: string): number[] => walkOptions(bytes(hex), 0, bytes(hex).length).options.map(({ kind }) => kind);
const end = (hex: string): string => walkOptions(bytes(hex), 0, bytes(hex).length).end;

describe('walkOptions', () => {
  it('skips NOPs and finds options at odd places', () => {
    expect(kinds('010101c8081f90cb00710701')).toEqual([1, 1, 1, 200, 1]);
  });

  it('ends at the end-of-list option, whatever follows', () => {
    expect(kinds('020405b400c8081f90cb007107')).toEqual([2, 0]);
    expect(end('00c8081f90cb007107')).toBe('end-of-list');
  });

  it.each(['0200c8081f90cb007107', '0201c8081f90cb007107'])('gives up at a length below two: %s', (hex) => {
    expect(kinds(hex)).toEqual([]);
    expect(end(hex)).toBe('malformed');
  });

  it('gives up at a length beyond the end, and names the option', () => {
    const walk = walkOptions(bytes('01c80c1f90cb007107'), 0, 9);
    expect(walk.end).toBe('malformed');
    expect(walk.broken).toEqual({ kind: 200, start: 1, length: 12, available: 8 });
  });

  it('calls an option cut when the capture ends before the header does', () => {
    const walk = walkOptions(bytes('01c8081f90'), 0, 12);
    expect(walk.end).toBe('truncated');
    expect(walk.broken).toEqual({ kind: 200, start: 1, length: 8, available: 4 });
  });

  it('covers bytes without gaps, inside its limits, for any input', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(70), fc.nat(70), (data, stop, captured) => {
        const { options, broken } = walkOptions(data, 0, stop, captured);
        let at = 0;
        for (const option of options) {
          expect(option.start).toBe(at);
          expect(option.length).toBeGreaterThan(0);
          at += option.length;
        }
        expect(at).toBeLessThanOrEqual(Math.min(stop, captured, data.length));
        if (broken !== undefined) expect(broken.start).toBe(at);
      }),
    );
  });

  it('agrees with the quick look', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(255), (data, kind) => {
        const { options, broken } = walkOptions(data, 0, data.length);
        const walked = [...options, ...(broken === undefined ? [] : [broken])].some((option) => option.kind === kind);
        fc.pre(kind > 1);
        expect(meetsKind(data, 0, data.length, new Uint8Array(256).fill(1, kind, kind + 1))).toBe(walked);
      }),
    );
  });
});
