import { resolve } from 'node:path';
import type { Facts } from '../core/facts';
import { message, type Say } from '../core/message';
import { planText, stayText } from '../core/plan/planText';
import { stays } from '../core/plan/stay';
import type { Plan, Step } from '../core/plan/step';
import { makePlan, type Wish } from '../doctor/plan/makePlan';
import { readModuleSource } from '../doctor/plan/moduleSource';
import { runPlan, type PlanReport } from '../doctor/plan/runPlan';
import { LocalHost } from '../host/local';
import type { Host } from '../host/host';
import { probe } from '../host/probe';
import { UsageError, type Parsed } from './arguments';
import { ask, canAsk } from './ask';
import { command } from './command';
import { STATUS, writeJson, type Io } from './io';
import { speaker } from './language';
import { headerDirectories, onHost, untilStopped } from './onHost';
import { AS_JSON, HEADERS, KERNEL, WHERE, YES } from './options';
import { planJson, reportJson, reportText, staysJson } from './planJson';

const PLAN = {
  about: message('what an installation of the module would do, step by step, and which kernels have it now'),
  options: {
    from: {
      type: 'string',
      value: 'PATH',
      about: message('a vendor’s RPM, toa.ko, source or archive, here or else on the host; our own module without it'),
    },
    ...KERNEL,
    ...HEADERS,
    ...WHERE,
    ...AS_JSON,
    'dry-run': { type: 'boolean', about: message('show the plan, and change nothing') },
  },
} as const;

const INSTALL = {
  about: message('show the plan, ask, and do it'),
  options: {
    ...PLAN.options,
    ...YES,
    skip: {
      type: 'string',
      multiple: true,
      value: 'STEP',
      about: message('leave out this step, by the name that the plan gives it; may be given several times'),
    },
  },
} as const;

export const planCommand = command(PLAN, ({ values }, io, moduleSource) => showPlan(values, io, moduleSource));

async function showPlan(values: PlanValues, io: Io, moduleSource: string): Promise<number> {
  const say = await speaker(io.env);
  const { plan, facts } = await onHost(values, (host) => planned(host, values, moduleSource));
  const after = stays(facts);
  if (values.json === true) writeJson(io, { ...planJson(plan, say), stays: staysJson(after, say) });
  else io.stdout.write(`${planText(plan, say)}\n${stayText(after, say)}`);
  return plan.refused === undefined ? STATUS.fine : STATUS.findings;
}

export const installCommand = command(INSTALL, async ({ values }, io, moduleSource) => {
  if (values['dry-run'] === true) return showPlan(values, io, moduleSource);
  const say = await speaker(io.env);
  const body = async (host: Host, signal: AbortSignal): Promise<number> => {
    const { plan, facts } = await planned(host, values, moduleSource);
    // With --json, stdout is one JSON value.
    const shown = values.json === true ? io.stderr : io.stdout;
    shown.write(planText(plan, say));
    if (plan.refused !== undefined) {
      if (values.json === true) writeJson(io, { ...planJson(plan, say), outcome: 'refused', results: [] });
      return STATUS.findings;
    }
    const decide = await decision(values, io, say);
    if (decide === undefined) return STATUS.findings;
    const report = await runPlan(host, plan, {
      facts,
      decide,
      signal,
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
  return untilStopped(values, body);
});

function statusOf({ outcome }: PlanReport): number {
  return outcome === 'done' ? STATUS.fine : STATUS.findings;
}

type PlanValues = Parsed<typeof PLAN.options>['values'];
type InstallValues = Parsed<typeof INSTALL.options>['values'];

async function planned(
  host: Host,
  values: PlanValues,
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
async function decision({ yes, skip = [] }: InstallValues, io: Io, say: Say): Promise<Decision | undefined> {
  const whole: Decision = (step) => Promise.resolve(skip.includes(step.id) ? 'skip' : 'run');
  if (yes === true) return whole;
  if (!canAsk(io)) throw new UsageError(message('nobody can be asked here: read the plan, then add --yes'));
  const answer = await ask(io, `\n${say(message('Run these steps? [y]es, [s]tep by step, [N]o:'))} `);
  if (answer === 'y') return whole;
  if (answer !== 's') return undefined;
  return async (step) => {
    if (skip.includes(step.id)) return 'skip';
    const each = await ask(io, `\n[${step.id}] ${say(message('[r]un, [s]kip, [Q]uit:'))} `);
    return each === 'r' ? 'run' : each === 's' ? 'skip' : 'stop';
  };
}
