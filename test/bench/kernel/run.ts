// What toa.ko costs in instructions, beside no module, standIn/ (the widespread modules' design in its smallest form) and other
// modules: `npx tsx test/bench/kernel/run.ts [SOURCE…]`. Each SOURCE is a directory with the source of another module. QEMU
// counts the instructions, so that the numbers are the same on every machine and under any load.
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../tools/run';
import { withScratch } from '../../vm/build';
import { bootableKernel } from '../../vm/bootable';
import { buildableTree, type DebianKernel } from '../../vm/debianKernels';
import type { ArchiveFile } from '../../vm/initramfs';
import { startMachine } from '../../vm/machine';

const SERIES = process.env['TOA_BENCH_SERIES'] ?? '6.1';
const STAND_IN = join(__dirname, 'standIn');
const COUNT = 200;
const PATIENCE = 300_000;

// An instruction is a nanosecond of the guest's clock, which stops when nobody has anything to do.
const INSTRUCTIONS = ['-icount', 'shift=0,sleep=off', '-smp', '1'];

/** Builds somebody else's module. Its makefile is asked for nothing but `obj-m`. */
const buildOther = (source: string, { release }: DebianKernel): Promise<ArchiveFile> =>
  withScratch(async (directory) => {
    await cp(source, directory, { recursive: true });
    await run(['make', '-C', await buildableTree(release), `M=${directory}`, 'CC=gcc-12', 'modules']);
    const name = (await readdir(directory)).find((file) => file.endsWith('.ko'));
    if (name === undefined) throw new Error(`No module came out of ${source}.`);
    return { name, content: await readFile(join(directory, name)) };
  });

type Costs = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** `MODULE WHAT INSTRUCTIONS`, line by line, as: by what was done, then by module. */
function readCosts(answer: string): Costs {
  const rows = new Map<string, Map<string, number>>();
  for (const [, module = '', what = '', instructions = ''] of answer.matchAll(/^(\S+) (\S+) ([\d.]+)$/gm))
    rows.set(what, (rows.get(what) ?? new Map<string, number>()).set(module, Number(instructions)));
  return rows;
}

function table(costs: Costs): string {
  const lines = [...costs].map(([what, byModule]) => {
    const none = byModule.get('none') ?? NaN;
    const cells = [...byModule].map(([module, instructions]) => {
      const more = Math.round(instructions - none);
      return module === 'none' ? `none ${Math.round(instructions)}` : `${module} ${more < 0 ? '' : '+'}${more}`;
    });
    return `${what.padEnd(26)}${cells.map((cell) => cell.padEnd(18)).join('')}`;
  });
  return lines.join('\n');
}

async function main(sources: readonly string[]): Promise<void> {
  const kernel = await bootableKernel(SERIES);
  const others = await Promise.all([STAND_IN, ...sources].map((source) => buildOther(source, kernel)));
  const machine = await startMachine(kernel, { files: others, machine: INSTRUCTIONS });
  try {
    const modules = ['toa.ko', ...others.map(({ name }) => name)].map((name) => `/${name}`);
    const answer = await machine.run(`bench ${COUNT} ${modules.join(' ')}`, PATIENCE);
    if (!answer.endsWith('exit=0\n')) throw new Error(`The guest's bench failed:\n${answer}`);
    console.log(`Linux ${kernel.packageVersion}, instructions\n${table(readCosts(answer))}`);
  } finally {
    await machine.stop();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
