import { resolve } from 'node:path';
import type { Facts } from '../core/facts';
import { planText, stayText } from '../core/plan/planText';
import { stays } from '../core/plan/stay';
import type { Plan, Step } from '../core/plan/step';
import { makePlan, type Wish } from '../doctor/plan/makePlan';
import { readModuleSource } from '../doctor/plan/moduleSource';
import { runPlan, type PlanReport } from '../doctor/plan/runPlan';
import { LocalHost } from '../host/local';
import type { Host } from '../host/host';
import { probe } from '../host/probe';
import { parseArguments } from './arguments';
import { ask, canAsk } from './ask';
import { STATUS, UsageError, writeJson, type Io } from './io';
import { speaker } from './language';
import { HOST_OPTIONS, headerDirectories, onHost } from './onHost';
import { planJson, reportJson, reportText } from './planJson';

const OPTIONS = {
  ...HOST_OPTIONS,
  kernel: { type: 'string' },
  from: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  skip: { type: 'string', multiple: true },
} as const;

/** `toa-doctor plan [--from PATH] [--kernel R] [--json]`: what an installation would do, and which kernels have the module now. */
export async function planCommand(args: readonly string[], io: Io, moduleSource: string): Promise<number> {
  const { values } = parseArguments(args, OPTIONS);
  const say = await speaker(io.env);
  const { plan, facts } = await onHost(values, (host) => planned(host, values, moduleSource));
  const after = stays(facts);
  if (values.json === true)
    writeJson(io, { ...planJson(plan, say), stays: after.map((stay) => ({ ...stay, reason: say(stay.reason) })) });
  else io.stdout.write(`${planText(plan, say)}\n${stayText(after, say)}`);
  return plan.refused === undefined ? STATUS.fine : STATUS.findings;
}

/** `toa-doctor install`: the same, shown, asked for and done. `--yes` asks nothing; `--skip ID` leaves a step out. */
export async function installCommand(args: readonly string[], io: Io, moduleSource: string): Promise<number> {
  const { values } = parseArguments(args, OPTIONS);
  if (values['dry-run'] === true) return planCommand(args, io, moduleSource);
  const say = await speaker(io.env);
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  const body = async (host: Host): Promise<number> => {
    const { plan, facts } = await planned(host, values, moduleSource);
    // With --json, stdout is one JSON value.
    const shown = values.json === true ? io.stderr : io.stdout;
    shown.write(planText(plan, say));
    if (plan.refused !== undefined) {
      if (values.json === true) writeJson(io, { ...planJson(plan, say), outcome: 'refused', results: [] });
      return STATUS.findings;
    }
    const decide = await decision(values, io);
    if (decide === undefined) return STATUS.findings;
    const report = await runPlan(host, plan, {
      facts,
      decide,
      signal: stopping.signal,
      onBegin: (step) => shown.write(`\n── ${say(step.title)}\n`),
      onOutput: (text) => shown.write(text),
      onEnd: (ended) => shown.write(reportText(ended, say)),
    });
    if (values.json === true)
      writeJson(io, {
        ...planJson(plan, say),
        outcome: report.outcome,
        results: report.steps.map((step) => reportJson(step, say)),
      });
    return statusOf(report);
  };
  return onHost(values, body, stop);
}

function statusOf({ outcome }: PlanReport): number {
  return outcome === 'done' ? STATUS.fine : STATUS.findings;
}

interface Values {
  readonly host?: string | undefined;
  readonly headers?: string[] | undefined;
  readonly kernel?: string | undefined;
  readonly from?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly skip?: string[] | undefined;
}

async function planned(
  host: Host,
  values: Values,
  moduleSource: string,
): Promise<{ readonly plan: Plan; readonly facts: Facts }> {
  const facts = await probe(host, { headerDirectories: headerDirectories(values) });
  const source = await readModuleSource(new LocalHost(), moduleSource);
  const wish = { ...(await placeOf(host, values.from)), release: values.kernel };
  return { facts, plan: await makePlan(host, facts, source, wish) };
}

/** What lies here is meant, also for another host; else what has this path there. */
async function placeOf(host: Host, from: string | undefined): Promise<Pick<Wish, 'from' | 'files'>> {
  if (from === undefined) return { from };
  if (host instanceof LocalHost) return { from: resolve(from) };
  const local = new LocalHost();
  return (await local.stat(resolve(from))) === undefined ? { from } : { from: resolve(from), files: local };
}

type Decision = (step: Step) => Promise<'run' | 'skip' | 'stop'>;

/** Asks once for the whole plan, or for each step. `undefined`: nothing is to be done. */
async function decision({ yes, skip = [] }: Values, io: Io): Promise<Decision | undefined> {
  const whole: Decision = (step) => Promise.resolve(skip.includes(step.id) ? 'skip' : 'run');
  if (yes === true) return whole;
  if (!canAsk(io)) throw new UsageError('nobody can be asked here: read the plan, then add --yes');
  const answer = await ask(io, '\nRun these steps? [y]es, [s]tep by step, [N]o: ');
  if (answer === 'y') return whole;
  if (answer !== 's') return undefined;
  return async (step) => {
    if (skip.includes(step.id)) return 'skip';
    const each = await ask(io, `\n[${step.id}] [r]un, [s]kip, [Q]uit: `);
    return each === 'r' ? 'run' : each === 's' ? 'skip' : 'stop';
  };
}
