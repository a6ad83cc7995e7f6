// Connections without end in one kernel, with its allocator on guard: `npx tsx test/vm/soak.ts [COUNT] [CYCLES] [SERIES] [SEED]`.
import { bootableKernel, type Bootable } from './bootable';
import { startMachine } from './machine';

// Debian serves no kernel with lockdep or KASAN. This is what its kernels can do: red zones, poison and consistency checks around every
// object of the allocator, freed memory overwritten, a warning stops the kernel, so does a task or a CPU that is stuck.
const ON_GUARD =
  'slub_debug=FZP init_on_free=1 kfence.sample_interval=10 panic_on_warn=1 softlockup_panic=1 hung_task_panic=1';

const TROUBLE = /BUG|WARNING:|Oops|Kernel panic|general protection|unable to handle|Redzone|Poison overwritten|stall/;

export interface SoakOptions {
  readonly count: number;
  readonly cycles: number;
  readonly seed: number;
  /** How often, one after the other in the same kernel. */
  readonly rounds?: number;
  /** Gets what each round printed. */
  readonly hear?: (text: string) => void;
}

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

/** Runs guest/soak.c in a kernel of its own, once for each round. Rejects when the guest does not come up or dies. */
export async function soak(
  kernel: Bootable,
  { count, cycles, seed, rounds = 1, hear = () => undefined }: SoakOptions,
): Promise<readonly SoakResult[]> {
  const machine = await startMachine(kernel, { append: ON_GUARD, machine: ['-m', '512M'] });
  const results: SoakResult[] = [];
  try {
    const died = machine.guest.ended().then(() => Promise.reject(new Error(machine.guest.console().slice(-4000))));
    for (let round = 0; round < rounds; round++) {
      const patience = 60_000 + 50 * count + 10_000 * cycles;
      const command = `soak ${count} ${cycles} ${seed + round}`;
      const answer = await Promise.race([machine.run(command, patience), died]);
      const console = machine.guest.console().split('\n');
      const trouble = console.filter((line) => TROUBLE.test(line));
      results.push({ answer, trouble, growth: growthOf(answer) });
      hear(`Round ${round + 1} of ${rounds}\n${answer}`);
    }
    return results;
  } finally {
    await machine.stop();
  }
}

// A round tells its result, so a long run is many of them.
const ROUND = 10_000;

async function main([
  count = '1000000',
  cycles = '1000',
  series = '6.1',
  seed = '1',
]: readonly string[]): Promise<void> {
  const kernel = await bootableKernel(series);
  const rounds = Math.ceil(Number(count) / ROUND);
  const [each, cyclesEach] = [count, cycles].map((all) => Math.ceil(Number(all) / rounds));
  const started = Date.now();
  const options = { count: each ?? 0, cycles: cyclesEach ?? 0, seed: Number(seed), rounds };
  const results = await soak(kernel, { ...options, hear: (text) => process.stdout.write(text) });
  console.log(`Linux ${kernel.packageVersion}, ${Math.round((Date.now() - started) / 1000)} s`);
  const trouble = results.at(-1)?.trouble ?? [];
  console.log(trouble.length === 0 ? 'The console tells of no trouble.' : trouble.join('\n'));
  const right = results.every(({ answer }) => answer.endsWith('exit=0\n'));
  if (trouble.length > 0 || !right) process.exitCode = 1;
}

if (require.main === module)
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
