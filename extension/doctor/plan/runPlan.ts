import { explain } from '../../core/explain/engine';
import type { Finding } from '../../core/explain/finding';
import { createSymptomReader } from '../../core/explain/symptomReader';
import type { Facts } from '../../core/facts';
import { message, type Message } from '../../core/message';
import type { Journal, JournalEntry } from '../../core/plan/journal';
import type { Action, Plan, Step } from '../../core/plan/step';
import type { CommandResult, Host, Stream } from '../../host/host';
import { splitByStream } from '../outputLines';
import { HostJournal, JOURNAL_DIRECTORY } from './hostJournal';
import { whileLocked } from './hostLock';
import { RootHost } from './rootHost';

/** How one step ended: done now, there already, passed over, left to a person, or failed. */
export type StepState = 'done' | 'already' | 'skipped' | 'by-hand' | 'failed' | 'cancelled';

export interface StepReport {
  readonly step: Step;
  readonly state: StepState;
  /** Why it failed, in one line. */
  readonly problem?: Message;
  readonly findings: readonly Finding[];
}

export interface PlanReport {
  /** `waiting`: a step is left to a person; the plan is to be run again after it. */
  readonly outcome: 'done' | 'failed' | 'waiting' | 'stopped' | 'cancelled';
  readonly steps: readonly StepReport[];
}

export interface PlanRun {
  readonly facts: Facts;
  /** Asked before each step that has something to do. */
  readonly decide?: (step: Step) => Promise<'run' | 'skip' | 'stop'>;
  readonly onBegin?: (step: Step) => void;
  readonly onEnd?: (report: StepReport) => void;
  readonly onOutput?: (text: string, stream: Stream) => void;
  readonly signal?: AbortSignal;
  /** Where the journal lies; for tests. */
  readonly directory?: string;
}

/**
 * Runs a plan in its order. Each step is looked at first and left alone when it is done already, so that a plan can be run again after a
 * failure, a cut or a reboot. Stops at the first failure and explains it. Rejects with PlanError when the host gives no root or no journal, or another
 * run is changing it.
 */
export async function runPlan(host: Host, plan: Plan, run: PlanRun): Promise<PlanReport> {
  const root = await RootHost.of(host, run.facts);
  const runner = new Runner(root, new HostJournal(root, run.directory), plan, run);
  return whileLocked(root, run.directory ?? JOURNAL_DIRECTORY, () => runner.all());
}

class Runner {
  constructor(
    private readonly host: RootHost,
    private readonly journal: HostJournal,
    private readonly plan: Plan,
    private readonly options: PlanRun,
  ) {}

  async all(): Promise<PlanReport> {
    const before = await this.journal.read();
    const steps: StepReport[] = [];
    for (const step of this.plan.steps) {
      // Cut right before its end: the probe finds it done, and its line in the journal is still missing.
      const cut = step.skip === undefined ? undefined : openEntry(before, step);
      if (cut !== undefined) await this.journal.end(cut, 'done');
      const report = await this.one(step);
      if (report === 'stop') return { outcome: 'stopped', steps };
      steps.push(report);
      this.options.onEnd?.(report);
      if (report.state === 'failed' || report.state === 'cancelled') return { outcome: report.state, steps };
      if (report.state === 'by-hand') return { outcome: 'waiting', steps };
    }
    return { outcome: 'done', steps };
  }

  private async one(step: Step): Promise<StepReport | 'stop'> {
    const ended = (state: StepState): StepReport => ({ step, state, findings: [] });
    if (this.options.signal?.aborted === true) return ended('cancelled');
    if (step.skip !== undefined) return ended('skipped');
    if (step.check !== undefined && (await this.host.holds(step.check))) return this.already(step);
    if (step.byHand === true) return ended('by-hand');
    const decision = (await this.options.decide?.(step)) ?? 'run';
    if (decision === 'stop') return 'stop';
    return decision === 'skip' ? ended('skipped') : this.carryOut(step);
  }

  /** Done before; a step that was cut right before its last line in the journal gets that line now. */
  private async already(step: Step): Promise<StepReport> {
    const open = openEntry(await this.journal.read(), step);
    if (open !== undefined) await this.journal.end(open, 'done');
    return { step, state: 'already', findings: [] };
  }

  private async carryOut(step: Step): Promise<StepReport> {
    this.options.onBegin?.(step);
    const journal = await this.journal.read();
    const entry = openEntry(journal, step) ?? {
      number: journal.next,
      step: step.id,
      title: step.title,
      undo: step.undo,
    };
    await this.journal.begin(entry, step);
    const reader = createSymptomReader();
    const result = await this.act(step.actions, (lines) => {
      reader.feed(lines);
    });
    if (result?.outcome === 'cancelled') return { step, state: 'cancelled', findings: [] };
    const problem = await this.problemOf(step, result);
    await this.journal.end(entry, problem === undefined ? 'done' : 'failed');
    if (problem === undefined) return { step, state: 'done', findings: [] };
    if (step.id === 'load') reader.feed(`\n${await this.host.kernelLog()}\n`);
    const { facts } = this.options;
    const findings = explain({ symptoms: reader.end(), facts, wanted: this.plan.release, makefile: undefined });
    return { step, state: 'failed', problem, findings };
  }

  /** Runs actions until one fails. Gives how the last one ended. */
  private async act(actions: readonly Action[], listen: (lines: string) => void): Promise<CommandResult | undefined> {
    const lines = splitByStream(listen);
    let result: CommandResult | undefined;
    for (const action of actions) {
      result = await this.host.run(action, {
        signal: this.options.signal,
        onOutput: (text, stream) => {
          lines.feed(text, stream);
          this.options.onOutput?.(text, stream);
        },
      });
      if (result.code !== 0) break;
    }
    lines.end();
    return result;
  }

  /** A step that ended well and whose check does not hold has failed all the same. */
  private async problemOf(step: Step, result: CommandResult | undefined): Promise<Message | undefined> {
    if (result !== undefined && result.code !== 0) return failure(result);
    if (step.check === undefined || (await this.host.holds(step.check))) return undefined;
    return message('The command ended well, and its effect is not there.');
  }
}

/** A step of this name that was begun and not ended well: it goes on under the same number, with what was kept then. */
function openEntry(journal: Journal, step: Step): JournalEntry | undefined {
  return journal.entries.findLast((entry) => entry.step === step.id && entry.state !== 'done');
}

/** A result that is no success, in one line: the last thing the command said. */
export function failure({ outcome, code, signal, reason, stderr, stdout }: CommandResult): Message {
  if (outcome === 'not-started') return message('It could not be started: {reason}', { reason: reason ?? '?' });
  if (outcome === 'timed-out') return message('It did not end within an hour and was stopped.');
  if (outcome === 'signalled') return message('It was ended by {signal}.', { signal: signal ?? '?' });
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  const last = (lines.at(-1) ?? '').trim().slice(0, 300);
  return last === ''
    ? message('It ended with status {code}.', { code: code ?? '?' })
    : message('It ended with status {code}: {last}', { code: code ?? '?', last });
}
