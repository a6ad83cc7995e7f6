// CHANGELOG.md says what changed, and its first number is the version.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nextVersion, problemOf, released } from '../../tools/release/changelog';
import { root } from '../../tools/project';
import { manifestText } from '../manifest/manifest';

/** What an installed extension is made of. */
const PRODUCT = ['extension', 'kernel', 'media', 'snippets', 'package.nls.json', 'package.nls.zh-cn.json'];

const versionOf = (text: string): string => (JSON.parse(text) as { readonly version: string }).version;

/** Whether the product was changed since the tag of its version; a checkout without that tag was not released. */
function changedSinceRelease(checkout: string, version: string): boolean {
  const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: checkout, encoding: 'utf8' });
  if (git('rev-parse', '--verify', '--quiet', `refs/tags/v${version}`).status !== 0) return false;
  return git('diff', '--quiet', `v${version}`, '--', ...PRODUCT).status !== 0;
}

test('of this checkout fits its version', () => {
  const version = versionOf(manifestText);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  expect(versionOf(readFileSync(join(root, 'package-lock.json'), 'utf8'))).toBe(version);
  expect(problemOf({ changelog, version, changed: changedSinceRelease(root, version) })).toBeUndefined();
});

const NOTED = '# Changelog\n\n## 0.2.0\n\n- This.\n\n## 0.1.0\n\n- That.\n';

test.each([
  ['as it is released', NOTED, '0.2.0', false, undefined],
  ['changed, and said so', NOTED.replace('## 0.2.0', '## Unreleased\n\n- More.\n\n## 0.2.0'), '0.2.0', true, undefined],
  ['changed in silence', NOTED, '0.2.0', true, /changed since 0.2.0/],
  ['another version', NOTED, '0.3.0', false, /package.json says 0.3.0, CHANGELOG.md 0.2.0/],
  ['in another order', NOTED.replace('0.1.0', '0.10.0'), '0.2.0', false, /not in order/],
  ['with nothing to say', NOTED.replace('- This.', ''), '0.2.0', false, /no notes/],
])('%s', (_, changelog, version, changed, problem) => {
  const found = problemOf({ changelog, version, changed });
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(problem);
});

test('versions follow each other', () => {
  const steps = ['major', 'minor', 'patch'] as const;
  expect(steps.map((step) => nextVersion('1.2.3', step))).toEqual(['2.0.0', '1.3.0', '1.2.4']);
  expect(() => released(NOTED, '0.3.0')).toThrow(/Unreleased/);
});

test('npm run release gives what is unreleased its number, and a change after its tag asks for a note', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'toa-doctor-release-'));
  try {
    for (const name of ['package.json', 'package-lock.json', 'CHANGELOG.md', 'test/tools', 'media'])
      cpSync(join(root, name), join(checkout, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
    const read = (name: string): string => readFileSync(join(checkout, name), 'utf8');
    const next = nextVersion(versionOf(read('package.json')), 'minor');
    const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, object>> };
    const sh = (text: string): string =>
      execFileSync('sh', ['-ec', text], { cwd: checkout, encoding: 'utf8', stdio: 'pipe' });
    sh(
      `sed -i '0,/^## /s//## Unreleased\\n\\n- A note.\\n\\n## /' CHANGELOG.md && node_modules/.bin/tsx test/tools/release/release.ts minor`,
    );
    expect(versionOf(read('package.json'))).toBe(next);
    expect(JSON.parse(read('package-lock.json'))).toEqual({
      ...lock,
      version: next,
      packages: { ...lock.packages, '': { ...lock.packages[''], version: next } },
    });
    expect(problemOf({ changelog: read('CHANGELOG.md'), version: next, changed: false })).toBeUndefined();

    sh(`git init -q . && git add media && git -c user.name=t -c user.email=t@t commit -qm t && git tag v${next}`);
    expect(changedSinceRelease(checkout, next)).toBe(false);
    sh('echo >> media/toa.svg');
    expect(changedSinceRelease(checkout, next)).toBe(true);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
});
