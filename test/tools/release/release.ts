// `npm run release -- minor` (or major, patch): gives what is unreleased in CHANGELOG.md its number, there and in package.json and its lock.
// It commits and tags nothing, and says what is left to do.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project';
import { nextVersion, released, type Step } from './changelog';

function main(step: string | undefined): void {
  if (!isStep(step)) throw new Error('which one? npm run release -- major, minor or patch');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const next = nextVersion(version, step);
  const changelog = released(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), next);
  writeFileSync(join(root, 'CHANGELOG.md'), changelog);
  // In the lock it stands twice: of the package, and of its root.
  renumber('package.json', version, next, 1);
  renumber('package-lock.json', version, next, 2);
  console.log(`Now ${next}: npm test, then git commit -am ${next} && git tag v${next} && npm run package`);
}

function renumber(file: string, version: string, next: string, times: number): void {
  const parts = readFileSync(join(root, file), 'utf8').split(`"version": "${version}"`);
  const head = parts.slice(0, times + 1).join(`"version": "${next}"`);
  writeFileSync(join(root, file), [head, ...parts.slice(times + 1)].join(`"version": "${version}"`));
}

function isStep(text: string | undefined): text is Step {
  return text === 'major' || text === 'minor' || text === 'patch';
}

try {
  main(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
