import { describe, expect, it } from 'vitest';
import { dialectTable } from '../../../extension/core/decode/dialects';
import { optionAt } from '../../../extension/core/decode/spot';

/** What is found at the mark `|` of a line. */
function at(marked: string): readonly [string, string | null] | undefined {
  const line = marked.replace('|', '');
  const found = optionAt(line, marked.indexOf('|'));
  return found === undefined ? undefined : [line.slice(found.span.start, found.span.end), found.result.client];
}

describe('optionAt', () => {
  it.each([
    ['option |fe 08 1f 90 0a 01 02 03 seen', 'fe 08 1f 90 0a 01 02 03'],
    ['option fe 08 1f 90 0a 01 02 0|3', 'fe 08 1f 90 0a 01 02 03'],
    ['FE:08:1F:90:0A|:01:02:03', 'FE:08:1F:90:0A:01:02:03'],
    ['{0xfe, 0x08, 0x1f, 0x9|0, 0x0a, 0x01, 0x02, 0x03}', 'fe, 0x08, 0x1f, 0x90, 0x0a, 0x01, 0x02, 0x03'],
    [String.raw`"\xfe\x08\x1f\x90\x0a|\x01\x02\x03"`, String.raw`fe\x08\x1f\x90\x0a\x01\x02\x03`],
    ['fe081f|900a010203', 'fe081f900a010203'],
    ['0x0020:  a010 7210 9f5f 0000 fe08 1f9|0 0a01 0203', 'fe08 1f90 0a01 0203'],
    ['01 01 fe 08 1f 90 0a 01 |02 03 00 00', 'fe 08 1f 90 0a 01 02 03'],
  ])('finds it in %s', (line, bytes) => {
    expect(at(line)).toEqual([bytes, '10.1.2.3:8080']);
  });

  it('reads IPv6', () => {
    expect(at('fe 14 1f 90 20 01 0d b8 00 00 00 00 00 00 |00 00 00 00 00 07')?.[1]).toBe('[2001:db8::7]:8080');
  });

  it.each([
    ['beside it', 'fe 08 1f 90 0a 01 02 03 se|en'],
    ['a byte before it', '0|1 01 fe 08 1f 90 0a 01 02 03'],
    ['a UUID', 'fe081f90-0a01-0203-|fe08-1f900a010203'],
    ['a UUID with the option in it', 'c8081f90-|fe08-1f90-0a01-0203fe081f90'],
    ['an MD5', 'fe081f900a010203|fe081f900a010203'],
    ['a SHA-1', 'fe081f900a0102030405060708090a0b0|c0d0e0f'],
    ['a MAC address', 'fe:06:0a:01|:02:03'],
    ['an IPv6 address', 'fe08:1f90:0a01:0203|::1'],
    ['an option of no client', '02 04 05 b4 01 03 03 0|7'],
    ['a cut option', 'fe 08 1f 90 |0a 01 02'],
    ['a longer word', 'xfe081f|900a010203'],
    ['prose', 'a |bad cafe faded'],
  ])('is silent over %s', (_, line) => {
    expect(at(line)).toBeUndefined();
  });

  it('knows the kinds that the user added', () => {
    const own = dialectTable([{ kind: 77, length: 8, layout: 'port-address' }]);
    const line = '4d 08 1f 90 0a 01 02 03';
    expect(optionAt(line, 5)).toBeUndefined();
    expect(optionAt(line, 5, own)?.result.client).toBe('10.1.2.3:8080');
  });

  it('does not read lines of data', () => {
    expect(optionAt(`${'00 '.repeat(100_000)}fe 08 1f 90 0a 01 02 03`, 300_005)).toBeUndefined();
  });
});
