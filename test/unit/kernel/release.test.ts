import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReleases } from '../../../extension/core/kernel/compareReleases';
import { isSameSeries, parseRelease } from '../../../extension/core/kernel/release';
import { realReleases } from './realReleases';

describe('parseRelease', () => {
  it.each(realReleases)('%s is of %s', (text, family, generation, flavour, build, architecture) => {
    const release = parseRelease(text);
    expect([release.family, release.generation, release.flavour, release.build, release.architecture]).toEqual([
      family,
      generation,
      flavour,
      build,
      architecture,
    ]);
    expect(release.text).toBe(text);
  });

  it('reads the version numbers', () => {
    expect(parseRelease('6.1.0-50-amd64').version).toEqual([6, 1, 0]);
    expect(parseRelease('5.10.16.3-microsoft-standard-WSL2').version).toEqual([5, 10, 16, 3]);
    expect(parseRelease('6.12-amd64').version).toEqual([6, 12]);
  });

  it.each(['', '6', 'generic', '-1.2', '../../etc', '$(id)', ' 6.1.0', 'v6.1'])('says that %j is no release', (text) => {
    expect(parseRelease(text)).toMatchObject({ text, family: 'unknown', version: [] });
  });

  it('takes any text and keeps it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string().map((tail) => `6.1.0${tail}`)), (text) => {
        const { family, version, ...rest } = parseRelease(text);
        expect(rest.text).toBe(text);
        expect(version.every(Number.isSafeInteger)).toBe(true);
        expect(family === 'unknown').toBe(version.length === 0);
      }),
    );
  });

  it('takes a text of megabytes', () => {
    for (const part of ['1.', '-1.el7', '-rt', '+a.', '6.1.0-']) {
      expect(parseRelease('6.1.0' + part.repeat(1_000_000)).family).toBe('unknown');
    }
  });
});

describe('isSameSeries', () => {
  const same = (a: string, b: string) => isSameSeries(parseRelease(a), parseRelease(b));

  it('lets builds and patch levels differ, but not variants and series', () => {
    expect(same('6.1.0-50-amd64', '6.1.0-47-amd64')).toBe(true);
    expect(same('6.12.57+deb13-amd64', '6.12.117+deb13-amd64')).toBe(true);
    expect(same('6.1.0-50-amd64', '6.1.0-50-cloud-amd64')).toBe(false);
    expect(same('3.10.0-957.el7.x86_64', '2.6.32-754.el6.x86_64')).toBe(false);
  });
});

describe('compareReleases', () => {
  it.each([
    ['6.1.0-9-amd64', '6.1.0-47-amd64'],
    ['5.10.0-46-amd64', '6.1.0-1-amd64'],
    ['3.10.0-957.el7.x86_64', '3.10.0-957.12.2.el7.x86_64'],
    ['3.10.0-957.12.2.el7.x86_64', '3.10.0-1160.el7.x86_64'],
    ['5.10.0-0.deb10.16-amd64', '5.10.0-8-amd64'],
    ['6.12.57+deb13-amd64', '6.12.117+deb12-amd64'],
    ['6.4.0-rc3', '6.4.0'],
    ['6.4.0-rc9+', '6.4.0-rc10+'],
    ['6.1~rc3-amd64', '6.1-amd64'],
    ['6.2.16-6-pve', '6.2.16-7-pve'],
    ['4.14.35-1902.300.11.el7uek.x86_64', '4.14.35-2047.500.9.el7uek.x86_64'],
    ['9'.repeat(40), '1' + '0'.repeat(40)],
  ])('%s is older than %s', (older, newer) => {
    expect(compareReleases(older, newer)).toBe(-1);
    expect(compareReleases(newer, older)).toBe(1);
  });

  const part = fc.constantFrom('0', '1', '01', '10', '.', '-', '~', '+', 'a', 'rc', 'el', 'rc1', '_');
  const text = fc.oneof(fc.string(), fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')));

  it('is a total order', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(compareReleases(a, b) + compareReleases(b, a)).toBe(0);
        expect(compareReleases(a, b) === 0).toBe(a === b);
        const [low, middle, high] = [a, b, c].sort(compareReleases) as [string, string, string];
        expect(compareReleases(low, middle)).toBeLessThanOrEqual(0);
        expect(compareReleases(middle, high)).toBeLessThanOrEqual(0);
        expect(compareReleases(low, high)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});
