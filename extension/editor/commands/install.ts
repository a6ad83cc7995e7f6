import * as vscode from 'vscode';
import { planScript } from '../../core/plan/planScript';
import { copyText, type Plan, type Step } from '../../core/plan/step';
import type { Facts } from '../../core/facts';
import { makePlan } from '../../doctor/plan/makePlan';
import { readModuleSource } from '../../doctor/plan/moduleSource';
import { runPlan, type PlanReport, type StepReport } from '../../doctor/plan/runPlan';
import { LocalHost } from '../../host/local';
import type { FindingView } from '../findingView';
import { shownPlan, shownStays, stepProgress } from '../planContent';
import { PlanView, type PlanActs, type Watch } from '../planView';
import type { Session } from '../session';
import { readSettings } from '../settings';
import { stoppable } from '../stoppable';
import { asRoot, runInTerminal } from '../terminalTask';
import { translate } from '../translate';
import type { Workshop } from '../workshop';
import { chooseModule } from './chooseModule';

/** "TOA: Install Module…": asks which module, unless a built one's path is given, and shows the steps on a page where they are chosen, run and watched. */
export async function installModule(workshop: Workshop, given: unknown): Promise<void> {
  const { session, moduleSource, extensionUri } = workshop;
  const facts = await session.ready();
  const choice = typeof given === 'string' ? { from: given } : await chooseModule(session.place, session.store.state);
  if (choice === undefined) return;
  const source = await readModuleSource(new LocalHost(), moduleSource);
  const release = readSettings().kernelRelease;
  const title = vscode.l10n.t('Looking at {host}', { host: session.host.name });
  const plan = await stoppable(title, () => makePlan(session.host, facts, source, { ...choice, release }));
  if (plan.refused !== undefined) throw new Error(translate(plan.refused));
  const content = shownPlan(plan, facts, session.host);
  new PlanView(content, new Installation(plan, facts, workshop).acts(), session, extensionUri);
}

/** A plan on its page. */
class Installation {
  private readonly reports = new Map<string, StepReport>();
  private readonly session: Session;
  private readonly findings: FindingView;

  constructor(
    private readonly plan: Plan,
    private readonly facts: Facts,
    { session, findings }: Workshop,
  ) {
    this.session = session;
    this.findings = findings;
  }

  acts(): PlanActs {
    return {
      run: (view, ids, watch) => this.run(view, ids, watch),
      copyText: (ids) => this.chosen(ids).flatMap(commandsOf).join('\n'),
      script: (ids) => planScript(translate(this.plan.title), this.chosen(ids), translate),
      why: (id) => {
        this.showWhy(id);
      },
      inTerminal: (id) => this.inTerminal(id),
    };
  }

  private chosen(ids: readonly string[]): readonly Step[] {
    return this.plan.steps.filter(({ id }) => ids.includes(id));
  }

  private async run(view: PlanView, ids: readonly string[], { signal, onStep }: Watch): Promise<void> {
    const { host, log } = this.session;
    // What is left out by the plan is passed along: it may have been cut before.
    const steps = this.plan.steps.filter(({ id, skip }) => ids.includes(id) || skip !== undefined);
    const report = await runPlan(
      host,
      { ...this.plan, steps },
      {
        facts: this.facts,
        signal,
        onBegin: (step) => {
          onStep(translate(step.title));
          view.progress(step.id, { phase: 'running' });
          log.info(`${step.id}: ${commandsOf(step).join('\n')}`);
        },
        onOutput: (text) => {
          log.append(text);
        },
        onEnd: (ended) => {
          this.reports.set(ended.step.id, ended);
          view.progress(ended.step.id, stepProgress(ended));
          log.info(`${ended.step.id}: ${ended.state}`);
        },
      },
    );
    await this.tell(view, report);
  }

  /** On the page, with what stays after a reboot, and for whoever has gone elsewhere meanwhile. */
  private async tell(view: PlanView, report: PlanReport): Promise<void> {
    const summary = summaryOf(report);
    view.update({ summary, outcome: report.outcome === 'done' ? 'good' : 'bad' });
    if (report.outcome === 'failed') void this.offerWhy(summary, report.steps.at(-1));
    else void vscode.window.showInformationMessage(summary);
    await this.session.refresh({ anew: true });
    const { facts } = this.session.store.state;
    if (facts !== undefined) view.update({ stays: shownStays(facts) });
  }

  private async offerWhy(text: string, last: StepReport | undefined): Promise<void> {
    const why = vscode.l10n.t('Show Why');
    const log = vscode.l10n.t('Show Log');
    const isExplained = last !== undefined && last.findings.length > 0;
    const answer = await vscode.window.showErrorMessage(text, ...(isExplained ? [why] : []), log);
    if (answer === why && last !== undefined) this.showWhy(last.step.id);
    if (answer === log) this.session.log.show();
  }

  private showWhy(id: string): void {
    const findings = this.reports.get(id)?.findings ?? [];
    if (findings.length > 0) this.findings.show({ findings, directory: undefined });
  }

  /** What only a person can do: where a password can be typed. */
  private async inTerminal(id: string): Promise<void> {
    const step = this.plan.steps.find((one) => one.id === id);
    if (step === undefined) return;
    for (const { argv } of step.actions)
      await runInTerminal(this.session.place, asRoot(argv, this.facts.user), translate(step.title));
  }
}

const commandsOf = ({ actions }: Step): readonly string[] => actions.map(copyText);

function summaryOf({ outcome, steps }: PlanReport): string {
  const last = steps.at(-1);
  if (outcome === 'failed' && last !== undefined) {
    const why = last.findings[0]?.title ?? last.problem;
    return vscode.l10n.t('{step} failed: {reason}', {
      step: translate(last.step.title),
      reason: why === undefined ? '?' : translate(why),
    });
  }
  if (outcome === 'waiting' && last !== undefined)
    return vscode.l10n.t('{step}: only you can do that. Then run the steps again: what is done stays done.', {
      step: translate(last.step.title),
    });
  if (outcome === 'done') {
    const done = steps.filter(({ state }) => state === 'done').length;
    return vscode.l10n.t('{done} of {all} steps were done; the others were so already, or skipped.', {
      done,
      all: steps.length,
    });
  }
  return vscode.l10n.t('Stopped. What is done stays done: run the steps again, or uninstall.');
}
