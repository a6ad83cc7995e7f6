import { releaseInPath, type Said } from './recognisers';
import { TREE_SIGNS } from './signs/tree';

// "make[1]: Entering directory '/usr/lib/modules/X/build'" followed by "No rule to make target 'modules'" is one symptom of two lines.

/** make found no kernel Makefile in the kernel's directory that it had entered. `directory`: the last one it named. */
export function emptyBuild(line: string, directory: string | undefined): Said | undefined {
  const release = directory === undefined ? undefined : releaseInPath(directory);
  if (directory === undefined || release === undefined || !lacksMakefile(line)) return undefined;
  return { kind: 'empty-build', path: directory, release };
}

function lacksMakefile(line: string): boolean {
  if (!line.includes('*** ')) return false;
  if (TREE_SIGNS['no-makefile'].guards.some((guard) => line.includes(guard))) return true;
  const rule = TREE_SIGNS['no-rule'];
  const groups = rule.guards.some((guard) => line.includes(guard)) ? rule.pattern.exec(line)?.groups : undefined;
  return groups?.['target'] === 'modules';
}
