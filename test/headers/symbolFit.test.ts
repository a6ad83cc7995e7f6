// A module that is built already, before a kernel: refused with the reason when its symbols are not there, or have other checksums.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../tools/project';
import { tryRun } from '../tools/run';
import { inWorld } from '../tools/world';
import { buildIn, buildModule, withScratch } from '../vm/build';
import { headersRoot, type DebianKernel } from '../vm/debianKernels';

const { root: headers, kernels } = await headersRoot();
const of = (series: string): readonly DebianKernel[] =>
  kernels.filter((kernel) => kernel.series === series && kernel.flavour === 'amd64');
const [running, other] = of('6.1');
const [newest] = of('6.12');
if (running === undefined || other === undefined || newest === undefined) throw new Error('Kernels are missing.');

/** What old TOA modules call, and Debian's 6.12 does not export. */
const CALLS = `#include <linux/module.h>
#include <net/tcp.h>
static void *volatile hook = tcp_v4_syn_recv_sock;
static int __init load(void) { return hook ? 0 : 1; }
module_init(load);
MODULE_LICENSE("GPL");
`;

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-prebuilt-'));
const file = (name: string): string => join(directory, `${name}.ko`);
beforeAll(async () => {
  writeFileSync(file('fitting'), (await buildModule(running)).file);
  writeFileSync(file('other'), (await buildModule(other)).file);
  await withScratch(async (scratch) => {
    writeFileSync(join(scratch, 'toa.c'), CALLS);
    writeFileSync(join(scratch, 'Makefile'), 'obj-m := toa.o\nall:\n\tmake -C $(KDIR) M=$(CURDIR) modules\n');
    writeFileSync(file('calls'), (await buildIn(scratch, newest, 'KBUILD_MODPOST_WARN=1')).file);
  });
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

async function planFor({ release }: DebianKernel, name: string): Promise<{ readonly refused?: string }> {
  const argv = [process.execPath, join(root, 'dist/cli.js'), 'plan', '--from', file(name), '--json'];
  const launch = inWorld({ root: headers, release }, argv);
  const { output } = await tryRun(launch.argv, { env: launch.env });
  return JSON.parse(output.slice(output.indexOf('{'))) as { readonly refused?: string };
}

it('for the running kernel it is taken', async () => {
  expect((await planFor(running, 'fitting')).refused).toBeUndefined();
});

it('for another point release its checksums are refused: vermagic alone would not tell', async () => {
  expect((await planFor(running, 'other')).refused).toMatch(/built against other versions of \w+/);
});

it('with a symbol that is not exported it is refused', async () => {
  expect((await planFor(newest, 'calls')).refused).toMatch(
    /needs tcp_v4_syn_recv_sock, which this kernel does not export/,
  );
});
