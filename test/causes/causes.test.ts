// Each cause brought about for real, named by what the tools say (and the host's facts, where only they decide), and mended.
import { describe, expect, test } from 'vitest';
import { fixtureName, keep } from './fixtures';
import { HEADER_FAULTS } from './headers';
import { INSTALL_FAULTS } from './install';
import { apply, explainText, factsOf, machines, mustPass, openMachine } from './machines';
import { MAKEFILE_FAULTS } from './makefile';
import { PACKAGE_FAULTS } from './packages';
import type { KernelName, Provocation } from './provocation';
import type { Site } from './site';
import { SOURCE_FAULTS } from './source';
import { TOOLCHAIN_FAULTS } from './toolchain';
import { TREE_FAULTS } from './tree';

const parts = await machines();

const FAMILIES = {
  headers: HEADER_FAULTS,
  packages: PACKAGE_FAULTS,
  trees: TREE_FAULTS,
  Makefiles: MAKEFILE_FAULTS,
  toolchain: TOOLCHAIN_FAULTS,
  source: SOURCE_FAULTS,
  installation: INSTALL_FAULTS,
};

/** Provokes the failure and explains it; gives the finding that names the cause. */
async function provoke(site: Site, one: Provocation) {
  const { code, output } = await site.sh(one.provoke);
  expect(code === 0, output).toBe(one.succeeds ?? false);
  const facts = one.needsFacts === true ? await factsOf(site) : undefined;
  await keep(one, output, facts);
  const text = explainText(output);
  const [finding] = facts === undefined ? text : explainText(output, facts);
  expect(finding?.cause, output).toBe(one.cause);
  expect(finding?.severity).toBe('error');
  if (facts !== undefined) {
    expect(finding?.confidence).toBe('certain');
    const named = [text[0]?.cause, ...(text[0]?.alsoPossible ?? []).map(({ cause }) => cause)];
    expect(named, 'the text alone leaves it open').toContain(one.cause);
  }
  return finding;
}

async function mend(site: Site, one: Provocation, remedies: Parameters<typeof apply>[1]): Promise<void> {
  if (one.remedy === undefined) return;
  const target = one.remedy === 'finding' ? await apply(site, remedies) : undefined;
  if (one.remedy !== 'finding') await mustPass(site, one.remedy.script);
  const { output } = await mustPass(site, `TARGET=${target ?? ''}\n${one.passes ?? one.provoke}`);
  expect(explainText(output).filter(({ severity }) => severity !== 'information')).toEqual([]);
}

describe.each(Object.entries(FAMILIES))('%s', (_, family) => {
  test.each(family.map((one) => [fixtureName(one), one] as const))('%s', async (_name, one) => {
    const site = await openMachine(parts, one);
    try {
      const finding = await provoke(site, one);
      await mend(site, one, finding?.remedies ?? []);
    } finally {
      await site.close();
    }
  });
});

/** Builds with nothing wrong, over four series; with the two loads in the guests they are ten. */
const CLEAN: readonly (readonly [KernelName, string])[] = [
  ['5.10', ''],
  ['6.1-older', ''],
  ['6.1', ''],
  ['6.1', 'V=1'],
  ['6.1-cloud', ''],
  ['6.12', ''],
  ['6.12', 'V=1'],
  ['6.12', 'W=1'],
];

describe('nothing is wrong', () => {
  test.each(CLEAN)('%s %s', async (kernel, options) => {
    const site = await openMachine(parts, { cause: 'clean', kernel, provoke: '' });
    try {
      const { output } = await mustPass(site, `make CC=gcc-12 ${options}`);
      const variant = `build-${kernel}${options && `-${options.replace('=', '')}`}`;
      await keep({ variant: variant.replaceAll('.', '_') }, output);
      expect(explainText(output).filter(({ severity }) => severity !== 'information')).toEqual([]);
    } finally {
      await site.close();
    }
  });
});
