import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../extension/core/decode/decode';
import { STANDARD_DIALECTS, DIALECTS } from '../../../extension/core/decode/dialects';
import { render } from '../../../extension/core/message';
import { readFileSync } from 'node:fs';

const v6 = '20010db8000000000000000000000007';

describe('the dialect table', () => {
  it.each(DIALECTS)('$name of kind $kind: fields lie inside the option and do not overlap', ({ fields, length }) => {
    let at = 2;
    for (const field of [...fields].sort((a, b) => a.offset - b.offset)) {
      expect(field.offset).toBe(at);
      at += field.length;
    }
    expect(at).toBe(length);
  });

  it('names a source for every row', () => {
    expect(DIALECTS.filter(({ source }) => source === '')).toEqual([]);
    expect(STANDARD_DIALECTS.carries[200] === 1 && STANDARD_DIALECTS.carries[254] === 1).toBe(true);
  });

  it.each([
    ['c808c76ccb007107', 200, 'toa-v4', '203.0.113.7:51052'],
    ['fe08c76ccb007107', 254, 'toa-v4', '203.0.113.7:51052'],
    ['fd08c76ccb007107', 253, 'toa-v4', '203.0.113.7:51052'],
    [`fd14c76c${v6}`, 253, 'toa-v6', '[2001:db8::7]:51052'],
    [`fe14c76c${v6}`, 254, 'toa-v6', '[2001:db8::7]:51052'],
    ['fe06cb007107', 254, 'f5-addr-only-v4', '203.0.113.7'],
    [`fe12${v6}`, 254, 'f5-addr-only-v6', '2001:db8::7'],
    ['fc14c76ccb007107000000010a00000901bb0000', 252, 'vtoa-v4', '203.0.113.7:51052'],
    [`f928c76c${v6}00000100${v6}`, 249, 'vtoa-v6', '[2001:db8::7]:51052'],
    ['1c0701cb007107', 28, 'overlay28-v4', '203.0.113.7'],
    [`1c1301${v6}`, 28, 'overlay28-v6', '2001:db8::7'],
  ])('reads %s', (hex, kind, dialect, client) => {
    expect(decodeText(hex)).toMatchObject([{ frame: 1, kind, dialect, client, status: 'decoded' }]);
  });

  it('puts the virtual IP beside the client, not in its place', () => {
    const [both, ...none] = decodeText('fe088e71cb007107fa0800500a066f3e');
    expect(both).toMatchObject({ client: '203.0.113.7:36465', vip: '10.6.111.62:80' });
    expect(none).toEqual([]);
    const [alone] = decodeText('fa0800500a066f3e');
    expect(alone).toMatchObject({ client: null, vip: '10.6.111.62:80', status: 'info' });
  });

  it('joins what Tencent writes beside kind 200', () => {
    expect(decodeText('c808b73ccb0071070101c90600c38c95ca0801bb0a85d20b')).toMatchObject([
      { client: '203.0.113.7:46908', vip: '10.133.210.11:443', vpcid: 12815509 },
    ]);
  });

  it.each(['1c0480ff', 'fe06e2d4c3d9', 'fe0cf9890102030405060708', '1e0a3002710d663a016a0101', '22041234'])(
    'takes %s for the other protocol that it is',
    (hex) => {
      expect(decodeText(hex)).toEqual([]);
    },
  );

  it('calls a Fast Open cookie of four bytes ambiguous', () => {
    const [result] = decodeText('fe08f98952918f98');
    expect(result).toMatchObject({ status: 'ambiguous', dialect: 'toa-v4?', client: '82.145.143.152:63881' });
    expect(result?.note && render(result.note)).toContain('TCP Fast Open');
  });

  it('offers the address-first reading that a public capture needs', () => {
    const [result] = decodeText('fd0864439ff90050');
    expect(result).toMatchObject({
      status: 'ambiguous',
      client: '159.249.0.80:25667',
      alternative: { client: '100.67.159.249:80' },
    });
  });

  it.each([
    ['c8071f90cb00710101', 'malformed'],
    ['c80a1f90cb007107000001', 'malformed'],
    ['c8081f90cb0071', 'truncated'],
    ['c8081f90cb00710', 'truncated'],
    ['c808', 'truncated'],
    ['c8', 'truncated'],
  ])('claims no client for %s, and says that it is %s', (hex, status) => {
    const results = decodeText(hex);
    expect(results.map((result) => result.status)).toEqual([status]);
    expect(results.every(({ client }) => client === null)).toBe(true);
  });

  it('lists two options in their order: the kernel module takes the first', () => {
    const clients = decodeText('c8081f90cb007107c8081f91cb007108').map(({ client }) => client);
    expect(clients).toEqual(['203.0.113.7:8080', '203.0.113.8:8081']);
  });

  it('shows a mapped address as IPv4', () => {
    const hex = 'fd14c76c00000000000000000000ffffcb007107';
    expect(decodeText(hex)).toMatchObject([{ client: '203.0.113.7:51052', mapped: true }]);
  });
});

describe('spans', () => {
  it('point at the option in the text, through prose and full-width digits', () => {
    const text = '抓包看到的 option：ｃ８ 08 c7 6c cb 00 71 07，谢谢';
    const [result] = decodeText(text);
    expect(result?.client).toBe('203.0.113.7:51052');
    expect(text.slice(result?.span?.start, result?.span?.end)).toBe('ｃ８ 08 c7 6c cb 00 71 07');
  });

  it('point into a dump', () => {
    const text = readFileSync('test/fixtures/decode/tcpdump-x.txt', 'utf8');
    const [result] = decodeText(text);
    expect(text.slice(result?.span?.start, result?.span?.end)).toBe('c808 c76c cb00 7107');
  });
});
