// Nothing that tells who or where someone is leaves by a support bundle.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleText, readParts } from '../../../extension/core/bundle/bundle';
import { createRedactor } from '../../../extension/core/bundle/redact';

const redact = (text: string, users: readonly string[] = [], hosts: readonly string[] = []): string =>
  createRedactor({ users, hosts }, [text]).redact(text);

describe('a report', () => {
  it('has one pseudonym for one name, wherever it stands', () => {
    const text = 'alice@web01.example.com:~$ cd /home/alice/toa\nWEB01 kernel: toa loaded by alice';
    expect(redact(text)).toBe('user-1@host-1:~$ cd /home/user-1/toa\nhost-2 kernel: toa loaded by user-1');
  });

  it('tells private addresses from public ones, and leaves those that every machine has', () => {
    expect(redact('10.1.2.3 -> 8.8.4.4, 127.0.0.1, fe80::1, 2001:db8::7, ::1, ::ffff:8.8.4.4')).toBe(
      'private-address-1 -> address-1, 127.0.0.1, private-address-2, address-2, ::1, ::ffff:address-1',
    );
  });

  it('keeps what the diagnosis needs', () => {
    const text =
      'Linux 6.1.0-47-amd64 #1 SMP Debian 6.1.170-3 (2026-05-08) x86_64\n[12:30:59] 3.10.0-1160.119.1.el7.x86_64 00:1f.3 toa.c:12:5 /root/toa std::x gcc-12';
    expect(redact(text, ['root'], ['debian', 'localhost'])).toBe(text);
  });
});

const name = fc
  .stringMatching(/^[a-z][a-z0-9_]{2,12}$/)
  .filter((text) => !/^(?:user|host|mac|address|private|root|home)/.test(text));
const octet = fc.integer({ min: 0, max: 255 });
const ipv4 = fc
  .tuple(fc.integer({ min: 1, max: 223 }), octet, octet, octet)
  .map((octets) => octets.join('.'))
  .filter((address) => address !== '127.0.0.1');
const group = fc.integer({ min: 0x1000, max: 0xffff }).map((number) => number.toString(16));
const ipv6 = fc.oneof(
  fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':')),
  fc.tuple(group, group, group).map(([a, b, c]) => `${a}:${b}::${c}`),
);
const mac = fc
  .array(octet, { minLength: 6, maxLength: 6 })
  .map((bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':'));
const around = fc.constantFrom(' ', '\n', '"', '(', ')', ',', '=', '/', '> ', '[', ']', '\t');

describe('no secret survives', () => {
  it('of names, addresses and home directories, between any words', () => {
    fc.assert(
      fc.property(
        name,
        name,
        ipv4,
        ipv6,
        mac,
        fc.array(around, { minLength: 8, maxLength: 8 }),
        (user, host, four, six, hardware, gaps) => {
          fc.pre(!user.includes(host) && !host.includes(user));
          const parts = [`/home/${user}/toa`, host, `${user}@${host}`, four, `${four}:443`, six, hardware, user];
          const text = parts.map((part, index) => `${gaps[index] ?? ''}${part}${gaps[index] ?? ''}`).join('x');
          const after = redact(text, [user], [host]);
          for (const secret of [four, six, hardware]) expect(after).not.toContain(secret);
          for (const secret of [user, host])
            expect(after).not.toMatch(new RegExp(`(?<![a-z0-9_])${secret}(?![a-z0-9_])`, 'i'));
          expect(createRedactor({ users: [user], hosts: [host] }, [text]).redact(text)).toBe(after);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the document', () => {
  it('keeps each part in a fence that nothing in it closes', () => {
    const text = bundleText('Report', [{ title: 'Log', text: 'a\n```\n````\nb' }]);
    expect(text).toBe('# Report\n\n## Log\n\n`````text\na\n```\n````\nb\n`````\n');
  });

  it('reads the parts of the script’s output', () => {
    expect([...readParts('noise\ntoa-part one\na\nb\ntoa-part two\n  toa-part three\n')]).toEqual([
      ['one', 'a\nb\n'],
      ['two', '  toa-part three\n\n'],
    ]);
  });
});
