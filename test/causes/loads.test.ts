// Loads that fail in a real kernel, explained by what insmod and the kernel said, and mended.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../tools/project';
import { run } from '../tools/run';
import { scratch } from '../vm/build';
import { kernelImage } from '../vm/debianKernels';
import { boot } from '../vm/guest';
import type { ArchiveFile } from '../vm/initramfs';
import { guestModules as networkModules } from '../vm/kernelModules';
import { fixtureName, keep } from './fixtures';
import { guestModules, type GuestKernels } from './guestModules';
import { END, guestArchive, readConsole, type Loaded } from './guestShell';
import { LOADS, NEWER_LOADS, type Load } from './loads';
import { explainText, machines } from './machines';
import { openSite } from './site';

const TIMEOUT = 180_000;
// Enough for a module that the kernel's room for modules cannot hold to be refused for that reason.
const MEMORY = 1800;

const { roots, releases } = await machines();
const cloud = (release: string): string => release.replace(/-amd64$/, '-cloud-amd64');
const KERNELS: GuestKernels = {
  own: releases['6.1-cloud'],
  older: cloud(releases['6.1-older']),
  otherFlavour: releases['6.1'],
  newer: cloud(releases['6.12']),
};

const { directory, remove } = scratch();
afterAll(remove);

async function policy(): Promise<ArchiveFile> {
  const file = join(directory, 'policy');
  await run(['secilc', '-c', '33', '-o', file, '-f', '/dev/null', join(root, 'test/causes/policy.cil')]);
  return { name: 'm/policy', content: await readFile(file) };
}

let modules: readonly ArchiveFile[];
beforeAll(async () => {
  const site = await openSite(roots, KERNELS.own);
  try {
    modules = [...(await guestModules(site, KERNELS)), await policy()];
  } finally {
    await site.close();
  }
});

/** Boots a kernel that goes through the loads, and gives what was said of each. */
async function goThrough(release: string, loads: readonly Load[]): Promise<readonly Loaded[]> {
  const image = await kernelImage(release);
  const network = (await networkModules(image.modules)).map(({ name, content }) => ({
    name: `lib/modules/${release}/kernel/drivers/net/${name}`,
    content,
  }));
  const archive = join(directory, `initramfs-${release}`);
  await writeFile(archive, await guestArchive(loads, [...modules, ...network]));
  const options = { vmlinuz: image.vmlinuz, initramfs: archive, ready: END, timeout: TIMEOUT };
  const guest = await boot({ ...options, append: 'security=selinux', memory: MEMORY });
  await guest.stop();
  return readConsole(guest.console(), loads);
}

describe.each([
  { release: KERNELS.own, loads: LOADS },
  { release: KERNELS.newer, loads: NEWER_LOADS },
])('in $release', ({ release, loads }) => {
  let said: readonly Loaded[];
  beforeAll(async () => {
    said = await goThrough(release, loads);
  });

  test.each(loads.map((load, index) => [fixtureName(load), load, index] as const))('%s', async (_, load, index) => {
    const { output, mended } = said[index] ?? { output: '', mended: false };
    await keep(load, output);
    const findings = explainText(output);
    const [first] = findings.filter(({ severity }) => severity !== 'information');
    expect(first?.cause, output).toBe(load.cause);
    expect(mended).toBe(load.mend !== undefined);
  });
});
