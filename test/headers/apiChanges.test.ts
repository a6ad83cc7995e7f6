// The table of what left the kernel, against real headers: a name is in those before the change, and in none of those after it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { removalOf, removedNames } from '../../extension/core/explain/apiChanges';
import { readKnowledge, type TreeKnowledge } from '../../extension/core/explain/tree/knowledge';
import { root } from '../tools/project';
import { buildableTree, headersRoot } from '../vm/debianKernels';

/** What every function needs: names that are there for certain, and for certain not. */
const CONTROLS = [
  'class_create',
  'tcp_v4_syn_recv_sock',
  'linux/uaccess.h',
  'toa_never_was_there',
  'linux/never.h',
] as const;

const trees = new Map<string, TreeKnowledge>();
beforeAll(async () => {
  const { kernels } = await headersRoot();
  for (const { release } of kernels.filter((kernel) => !kernel.release.includes('cloud'))) {
    const tree = await buildableTree(release);
    const names = [...removedNames(), ...CONTROLS];
    const script = join(root, 'extension/host/symbols.sh');
    const output = execFileSync('sh', [script, 'everything', tree, '', ...names], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const known = readKnowledge(output, tree, names);
    if (known !== undefined) trees.set(release, known);
  }
});

const has = ({ declarations, headers }: TreeKnowledge, name: string): boolean =>
  headers.includes(name) || declarations.some((one) => one.name === name && !one.isElsewhere);

it('the script finds what is there, quotes it, and nothing else', () => {
  expect(trees.size).toBeGreaterThanOrEqual(3);
  for (const [release, known] of trees) {
    expect(CONTROLS.map((name) => has(known, name))).toEqual([true, true, true, false, false]);
    const declared = known.declarations.find(({ name }) => name === 'tcp_v4_syn_recv_sock');
    expect(declared?.file).toMatch(/\/include\/net\/tcp\.h$/);
    expect(declared?.text).toMatch(/^struct sock \*tcp_v4_syn_recv_sock\(/);
    // Debian's kernels from 6.12.11x on do not export what TOA modules were written with.
    const isExported = known.exports?.some(({ name }) => name === 'tcp_v4_syn_recv_sock');
    expect([release, isExported]).toEqual([release, !release.startsWith('6.12.')]);
  }
});

/** What headers do not show: members of structures, and a header that was the compiler's. */
const NOT_IN_HEADERS = new Set(['stdarg.h', 'mmap_sem', 'NETIF_F_LLTX']);

describe('each removal', () => {
  it.each(removedNames().filter((name) => !NOT_IN_HEADERS.has(name)))('%s', (name) => {
    const [major = 0, minor = 0] = removalOf(name)?.since ?? [];
    for (const [release, known] of trees) {
      const [, first, second] = /^(\d+)\.(\d+)/.exec(release) ?? [];
      const isGone = (Number(first) - major || Number(second) - minor) >= 0;
      // Before the change it need not be in the headers of every machine: some went with their architecture or option.
      if (isGone) expect([release, has(known, name)]).toEqual([release, false]);
    }
  });
});
