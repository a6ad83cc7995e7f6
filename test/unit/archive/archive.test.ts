// What real tar and python's zip write is read; what leads out of the folder is refused whole; damage and any bytes are survived.
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insidePath, linksInside, type Unpacked } from '../../../extension/core/archive/archiveFile';
import { readTar, writeTar } from '../../../extension/core/archive/tar';
import { render } from '../../../extension/core/message';
import { isArchive, unpack } from '../../../extension/doctor/plan/vendor/unpack';
import { packed, tarNamed, type Packed } from '../support/archives';

const ZIP = 'import os, sys, zipfile\nz = zipfile.ZipFile("../archive", "w", zipfile.ZIP_DEFLATED)\n';
const WALK = 'for d, _, f in os.walk("."):\n  for n in f: z.write(os.path.join(d, n))\nz.close()\n';
const LINK =
  'i = zipfile.ZipInfo("link"); i.create_system = 3; i.external_attr = 0o120777 << 16; z.writestr(i, sys.argv[1])\n';
const zip = (content: Packed): Uint8Array => packed(content, ['python3', '-c', ZIP + WALK]);
const zipNamed = (name: string): Uint8Array =>
  packed({ files: { 'a.c': 'x' } }, ['python3', '-c', `${ZIP}z.writestr(sys.argv[1], "evil")\nz.close()\n`, name]);
const zipLink = (target: string): Uint8Array =>
  packed({ files: { 'a.c': 'x' } }, ['python3', '-c', `${ZIP}${LINK}${WALK}`, target]);
const tar = (content: Packed, ...options: readonly string[]): Uint8Array =>
  packed(content, ['tar', '-cf', '../archive', ...options, '.']);

const texts = (unpacked: Unpacked): Readonly<Record<string, string>> => {
  if ('refused' in unpacked) throw new Error(render(unpacked.refused));
  return Object.fromEntries(unpacked.files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
};
const refusal = (bytes: Uint8Array): string => {
  const unpacked = unpack(bytes);
  return 'refused' in unpacked ? render(unpacked.refused) : 'not refused';
};

const deep = `${'directory/'.repeat(12)}toa.c`;
const files = {
  'src/toa.c': 'int x;\n'.repeat(500),
  'src/Makefile': 'obj-m := toa.o\n',
  [deep]: '1',
  'src/回源.txt': '',
};

describe('an archive', () => {
  it.each([
    ['GNU tar', () => tar({ files }, '--format=gnu')],
    ['pax', () => tar({ files }, '--format=pax')],
    ['ustar', () => tar({ files }, '--format=ustar')],
    ['tar.gz', () => gzipSync(tar({ files }))],
    ['zip', () => zip({ files })],
  ])('is read: %s', (_, make) => {
    const bytes = make();
    expect(isArchive(bytes)).toBe(true);
    expect(texts(unpack(bytes))).toEqual(files);
  });

  it('of our own is read back, and by the real tar', () => {
    const ours = writeTar([{ path: deep, bytes: new TextEncoder().encode('1'), isExecutable: true }]);
    expect(texts(readTar(ours))).toEqual({ [deep]: '1' });
    expect(execFileSync('tar', ['-xOf', '-', deep], { input: ours, encoding: 'utf8' })).toBe('1');
  });

  it('leaves out a link that stays inside, and never follows one', () => {
    const content = { files: { 'a/toa.c': 'x' }, links: { 'a/b.c': 'toa.c', up: 'a/../a/toa.c' } };
    expect(texts(unpack(tar(content)))).toEqual({ 'a/toa.c': 'x' });
    expect(texts(unpack(zipLink('a.c')))).toEqual({ 'a.c': 'x' });
  });

  it.each(['../evil', 'a/../../evil', '/etc/evil', '..', 'C:/evil', 'a\nb'])('with the entry %j is refused', (name) => {
    expect(refusal(tarNamed(name))).toContain('leads out of its own folder');
    expect(refusal(gzipSync(tarNamed(name)))).toContain('leads out of its own folder');
    expect(refusal(zipNamed(name))).toContain('leads out of its own folder');
  });

  it.each(['/etc/passwd', '../evil', 'a/../../evil'])('with a link to %s is refused', (target) => {
    expect(refusal(tar({ files: { a: '' }, links: { link: target } }))).toContain('leads out of its own folder');
    expect(refusal(zipLink(target))).toContain('leads out of its own folder');
  });

  it('that is damaged, lies about sizes or is none is refused', () => {
    const whole = tar({ files });
    expect(refusal(whole.subarray(0, 1000))).toContain('damaged');
    expect(refusal(gzipSync(whole).subarray(0, 200))).toContain('damaged');
    const bomb = zip({ files: { a: 'x'.repeat(100_000) } });
    // The size that its directory tells.
    const directory = Buffer.from(bomb).indexOf(Buffer.from('PK\x01\x02'));
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(directory + 24, 10, true);
    expect(refusal(bomb)).toContain('damaged');
    expect(refusal(Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0))).toContain('compressed with xz');
  });

  it('of any bytes throws nothing, and gives no path that leads out', () => {
    const samples = [tar({ files }), zip({ files })];
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 }),
        (bytes, changes) => {
          const changed = Uint8Array.from(bytes);
          for (const [at, value] of changes) changed[at % changed.length] = value;
          const unpacked = unpack(changed);
          if ('refused' in unpacked) return;
          expect(unpacked.files.every(({ path }) => insidePath(path) === path)).toBe(true);
        },
      ),
    );
  });
});

it('links are followed from where they stand', () => {
  expect([linksInside('a/b', '../c'), linksInside('a', '../c'), linksInside('a/b', 'x/../../../c')]).toEqual([
    true,
    false,
    false,
  ]);
});
