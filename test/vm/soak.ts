// Connections without end in one kernel, with its allocator on guard: `npx tsx test/vm/soak.ts [COUNT] [CYCLES] [SERIES] [SEED]`.
import { headersRoot, newestOfEachSeries, type DebianKernel } from './debianKernels';
import { startMachine } from './machine';

// Debian serves no kernel with lockdep or KASAN. This is what its kernels can do: red zones, poison and consistency checks around every
// object of the allocator, freed memory overwritten, a warning stops the kernel, so does a task or a CPU that is stuck.
const ON_GUARD = 'slub_debug=FZP init_on_free=1 page_poison=1 panic_on_warn=1 softlockup_panic=1 hung_task_panic=1';

const TROUBLE = /BUG|WARNING:|Oops|Kernel panic|general protection|unable to handle|Redzone|Poison overwritten|stall/;

export interface SoakResult {
  readonly answer: string;
  /** Lines of the console that tell of trouble. */
  readonly trouble: readonly string[];
  /** Objects that the kernel's allocator has more than before, by cache. */
  readonly growth: ReadonlyMap<string, number>;
}

function growthOf(answer: string): ReadonlyMap<string, number> {
  const lines = [...answer.matchAll(/^slab (\S+) (\d+) (\d+)$/gm)];
  return new Map(lines.map(([, name = '', before, after]) => [name, Number(after) - Number(before)]));
}

/** Runs guest/soak.c in a kernel of its own. Rejects when the guest does not come up or dies. */
export async function soak(kernel: DebianKernel, count: number, cycles: number, seed: number): Promise<SoakResult> {
  const machine = await startMachine(kernel, { append: ON_GUARD, machine: ['-m', '512M'] });
  try {
    const patience = 60_000 + 20 * count + 2_000 * cycles;
    const died = machine.guest.ended().then(() => Promise.reject(new Error(machine.guest.console().slice(-4000))));
    const answer = await Promise.race([machine.run(`soak ${count} ${cycles} ${seed}`, patience), died]);
    const console = machine.guest.console().split('\n');
    return { answer, trouble: console.filter((line) => TROUBLE.test(line)), growth: growthOf(answer) };
  } finally {
    await machine.stop();
  }
}

async function main([
  count = '1000000',
  cycles = '1000',
  series = '6.1',
  seed = '1',
]: readonly string[]): Promise<void> {
  const { kernels } = await headersRoot();
  const booted = newestOfEachSeries(kernels.filter(({ flavour }) => flavour === 'cloud-amd64'));
  const kernel = booted.find((one) => one.series === series);
  if (kernel === undefined) throw new Error(`There are no headers of Linux ${series}.`);
  const started = Date.now();
  const { answer, trouble } = await soak(kernel, Number(count), Number(cycles), Number(seed));
  console.log(`Linux ${kernel.packageVersion}, ${Math.round((Date.now() - started) / 1000)} s\n${answer}`);
  console.log(trouble.length === 0 ? 'The console tells of no trouble.' : trouble.join('\n'));
  if (trouble.length > 0 || !answer.endsWith('exit=0\n')) process.exitCode = 1;
}

if (require.main === module)
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
