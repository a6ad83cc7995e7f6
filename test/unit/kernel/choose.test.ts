import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../extension/core/facts';
import { listCandidates } from '../../../extension/core/kernel/candidates';
import { choose } from '../../../extension/core/kernel/choose';
import { render } from '../../../extension/core/message';
import { directoryOf, factsWith, treeOf } from './facts';

const running = '6.1.0-56-cloud-amd64';
const releases = (facts: Facts) => listCandidates(facts).map(({ release }) => release);
const problemsOf = (facts: Facts, release: string) =>
  listCandidates(facts)
    .find((candidate) => candidate.release === release)
    ?.problems.map((problem) => render(problem));

describe('listCandidates', () => {
  it('puts the running kernel first, then its series by nearness, then the newest', () => {
    const trees = ['6.12.117+deb12-amd64', '6.1.0-47-cloud-amd64', '5.10.0-46-amd64', '6.1.0-55-cloud-amd64', running];
    expect(releases(factsWith({ trees: trees.map((release) => treeOf(release)) }))).toEqual([
      running,
      '6.1.0-55-cloud-amd64',
      '6.1.0-47-cloud-amd64',
      '6.12.117+deb12-amd64',
      '5.10.0-46-amd64',
    ]);
  });

  it('puts an unusable kernel behind every usable one, even when it is running', () => {
    const trees = [treeOf(running, { hasModpost: false }), treeOf('5.10.0-46-amd64')];
    expect(releases(factsWith({ trees }))).toEqual(['5.10.0-46-amd64', running]);
  });

  it('names the running kernel although nothing of it is there', () => {
    const [candidate, ...others] = listCandidates(factsWith());
    expect(others).toEqual([]);
    expect(candidate).toMatchObject({ release: running, isRunning: true, usable: false, fit: undefined });
  });

  it('tells missing headers from a dangling link', () => {
    const absent = factsWith({ moduleDirectories: [directoryOf(running, 'absent')] });
    expect(problemsOf(absent, running)).toEqual([expect.stringContaining('/build does not exist')]);
    const dangling = factsWith({ moduleDirectories: [directoryOf(running, 'dangling')] });
    expect(problemsOf(dangling, running)).toEqual([
      expect.stringContaining(`points to /usr/src/linux-headers-${running}, which does not exist`),
    ]);
  });

  it('sees that a link leads to the headers of another kernel', () => {
    const other = treeOf('6.1.0-47-cloud-amd64');
    const facts = factsWith({ moduleDirectories: [directoryOf(running, other)], trees: [other] });
    expect(problemsOf(facts, running)).toEqual([
      expect.stringContaining(`leads to the headers of 6.1.0-47-cloud-amd64, not of ${running}`),
    ]);
    expect(listCandidates(facts)[0]).toMatchObject({ release: other.release, viaBuildLink: false, usable: true });
  });

  it('warns when the right tree is there and the link leads elsewhere', () => {
    const other = treeOf('6.1.0-47-cloud-amd64');
    const own = treeOf(running);
    const facts = factsWith({ moduleDirectories: [directoryOf(running, other)], trees: [other, own] });
    const [first] = listCandidates(facts);
    expect(first).toMatchObject({ release: running, usable: true, viaBuildLink: false });
    expect(first?.warnings.map((warning) => render(warning))).toEqual([expect.stringContaining('leads to the headers of')]);
  });

  it('prefers the tree behind the build link to a second one of the same release', () => {
    const copy = treeOf(running, { path: '/opt/copy' });
    const own = treeOf(running);
    const facts = factsWith({ moduleDirectories: [directoryOf(running, own)], trees: [copy, own] });
    expect(listCandidates(facts).map(({ tree }) => tree?.path)).toEqual([own.path, copy.path]);
  });

  it('names an unprepared tree after the link that leads to it', () => {
    const bare = treeOf('bare', { release: undefined, hasConfiguration: false });
    const facts = factsWith({ moduleDirectories: [directoryOf(running, bare)], trees: [bare] });
    expect(problemsOf(facts, running)).toEqual([expect.stringContaining('never configured')]);
  });

  it('leaves out the part that several Debian kernels share', () => {
    const common = treeOf('6.1.0-56-common', { release: undefined, hasConfiguration: false, hasModpost: false });
    const candidates = listCandidates(factsWith({ trees: [treeOf('6.1.0-56-amd64'), common] }));
    expect(candidates.map(({ tree }) => tree?.path)).not.toContain(common.path);
  });

  it('carries what the compiler and the symbol versions may do', () => {
    const trees = [treeOf(running, { hasSymvers: false, compiler: 'gcc (GCC) 14.2.0' })];
    expect(listCandidates(factsWith({ trees }))[0]?.warnings).toHaveLength(2);
  });
});

describe('choose', () => {
  const own = treeOf(running);
  const other = treeOf('6.1.0-47-cloud-amd64');

  it('builds for the running kernel when it can', () => {
    const choice = choose(factsWith({ moduleDirectories: [directoryOf(running, own)], trees: [own, other] }));
    expect(choice.target).toEqual({ release: running, treePath: own.path, viaBuildLink: true });
    expect(choice.fit?.verdict).toBe('loads');
  });

  it('takes the nearest other kernel and says so', () => {
    const choice = choose(factsWith({ trees: [other] }));
    expect(choice.target?.release).toBe(other.release);
    expect(choice.fit?.verdict).toBe('unsure');
    expect(render(choice.reason)).toContain(`building for ${other.release ?? ''} instead`);
  });

  it('names the release inside the tree, whatever the directory is called', () => {
    const choice = choose(factsWith({ moduleDirectories: [directoryOf(running, other)], trees: [other] }), '');
    expect(choice.target).toEqual({ release: other.release, treePath: other.path, viaBuildLink: false });
  });

  it('keeps to the pinned kernel', () => {
    const facts = factsWith({ trees: [own, other] });
    expect(choose(facts, ` ${other.release ?? ''} `).target?.release).toBe(other.release);
    expect(choose(facts, '9.9.9').target).toBeUndefined();
    expect(render(choose(facts, '9.9.9').reason)).toContain('pinned kernel 9.9.9 has no headers');
  });

  it('says why the pinned kernel cannot be built for', () => {
    const broken = treeOf('6.1.0-47-cloud-amd64', { hasModpost: false });
    const choice = choose(factsWith({ trees: [own, broken] }), broken.release);
    expect(choice.target).toBeUndefined();
    expect(render(choice.reason)).toContain('scripts/mod/modpost');
  });

  it('chooses nothing when nothing is there', () => {
    const choice = choose(factsWith());
    expect(choice.target).toBeUndefined();
    expect(render(choice.reason)).toBe(`No usable kernel headers are on this machine; ${running} is running.`);
  });
});
