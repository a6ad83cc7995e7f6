// `npm test`: every part, or those named (`npm test -- unit editor`). Says at the end how many tests passed and failed.
// Without failures it ends with status 0; with CI=true a skipped part is a failure too, since nobody would notice.
import { addCounts, countsLine, noTests, type Counts } from './counts';
import { parts, type Part } from './parts';
import { Unavailable, requireSystemPackages } from './systemPackages';

/** Parts that run side by side, also on two cores: those with servers and editors wait more than they work. */
const ABREAST = 3;

interface Outcome {
  readonly name: string;
  readonly counts: Counts;
  readonly seconds: number;
}

async function main(wanted: readonly string[]): Promise<boolean> {
  const chosen = choose(wanted);
  // By name it is every kernel, otherwise the newest alone.
  if (wanted.includes('matrix')) process.env['TOA_DOCTOR_MATRIX'] = 'all';
  const started = Date.now();
  const outcomes = await runAll(chosen, await installPackages(chosen));
  const total = outcomes.map(({ counts }) => counts).reduce(addCounts, noTests);
  const seconds = (Date.now() - started) / 1000;
  console.log(`\n${table([...outcomes, { name: 'all', counts: total, seconds }])}\n`);
  console.log(countsLine(total));
  return total.failed === 0 && total.passed > 0 && (total.skipped === 0 || process.env['CI'] !== 'true');
}

/** The named parts; without names all but those on demand; and `build` wherever one of them needs it. */
function choose(wanted: readonly string[]): readonly Part[] {
  const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no part ${unknown.join(', ')}. The parts: ${parts.map(({ name }) => name).join(', ')}.`);
  const named = ({ name, onDemand }: Part): boolean =>
    wanted.length === 0 ? onDemand !== true : wanted.includes(name);
  const build = parts.some((part) => named(part) && part.needsBuild);
  return parts.filter((part) => named(part) || (build && part.name === 'build'));
}

/** Installs the system's packages of all parts; gives the parts that lack some, with what to do about it. */
async function installPackages(parts: readonly Part[]): Promise<ReadonlyMap<Part, string>> {
  const lacking = new Map<Part, string>();
  for (const part of parts) {
    try {
      await requireSystemPackages(part.packages);
    } catch (error) {
      lacking.set(part, error instanceof Error ? error.message : String(error));
    }
  }
  return lacking;
}

/** Runs them in their order, so many abreast; `build` is the first of them, and those that need it wait for it. */
async function runAll(chosen: readonly Part[], lacking: ReadonlyMap<Part, string>): Promise<readonly Outcome[]> {
  const queue = [...chosen];
  const outcomes: Outcome[] = [];
  let built: Promise<Outcome> | undefined;
  const run = async (part: Part): Promise<Outcome> => {
    const unbuilt = part.needsBuild && built !== undefined && (await built).counts.failed > 0;
    return runPart(part, unbuilt ? 'Not run, since the build failed.' : lacking.get(part));
  };
  const work = async (): Promise<void> => {
    for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
      const ended = run(part);
      if (part.name === 'build') built = ended;
      outcomes.push(await ended);
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, work));
  return outcomes;
}

/** Runs one part and then shows its output in one piece, unless all passed. */
async function runPart(part: Part, skipped: string | undefined): Promise<Outcome> {
  console.log(`${part.name} …`);
  const started = Date.now();
  const { counts, output } = skipped === undefined ? await resultOf(part) : skip(skipped);
  const seconds = (Date.now() - started) / 1000;
  if (counts.failed + counts.skipped > 0) console.log(`\n──── ${part.name}\n${output.trim()}\n────\n`);
  console.log(`${part.name}: ${countsLine(counts)} (${seconds.toFixed(1)} s)`);
  return { name: part.name, counts, seconds };
}

async function resultOf(part: Part): ReturnType<Part['run']> {
  try {
    await part.prepare();
    return await part.run();
  } catch (error) {
    const output = error instanceof Error ? error.message : String(error);
    return error instanceof Unavailable ? skip(output) : { counts: { ...noTests, failed: 1 }, output };
  }
}

function skip(output: string): Awaited<ReturnType<Part['run']>> {
  return { counts: { ...noTests, skipped: 1 }, output };
}

function table(outcomes: readonly Outcome[]): string {
  const row = (...cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(8) : cell.padStart(9))).join('');
  const rows = outcomes.map(({ name, counts, seconds }) =>
    row(name, String(counts.passed), String(counts.failed), String(counts.skipped), `${seconds.toFixed(1)} s`),
  );
  return [row('', 'passed', 'failed', 'skipped', 'time'), ...rows].join('\n');
}

// So that commands under way end with us (run.ts).
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

main(process.argv.slice(2)).then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
