import { describe, expect, it } from 'vitest';
import type { KernelTree } from '../../../extension/core/facts';
import { judgeTree } from '../../../extension/core/kernel/tree';
import { render } from '../../../extension/core/message';
import { treeOf } from './facts';

describe('judgeTree', () => {
  const release = '6.1.0-56-amd64';

  it('finds nothing wrong with a complete tree', () => {
    expect(judgeTree(treeOf(release))).toEqual({ usable: true, problems: [], warnings: [] });
  });

  it.each<[string, Partial<KernelTree>]>([
    ['has no Makefile', { hasMakefile: false }],
    ['does not say which release', { release: undefined }],
    ['no include/config/auto.conf', { hasConfiguration: false }],
    ['never configured and prepared', { hasConfiguration: false, release: undefined }],
    ['no scripts/mod/modpost', { hasModpost: false }],
    ['several Debian kernels share', { path: '/usr/src/linux-headers-6.1.0-56-common' }],
    ['several Debian kernels share', { path: '/usr/src/linux-headers-6.1.0-56-common-rt' }],
  ])('is not usable: %s', (reason, changes) => {
    const { usable, problems } = judgeTree(treeOf(release, changes));
    expect(usable).toBe(false);
    expect(problems.map((problem) => render(problem)).join('\n')).toContain(reason);
  });

  it('warns about a missing Module.symvers and stays usable', () => {
    const { usable, warnings } = judgeTree(treeOf(release, { hasSymvers: false }));
    expect(usable).toBe(true);
    expect(warnings.map((warning) => render(warning))).toEqual([expect.stringContaining('no Module.symvers')]);
  });
});
