import * as vscode from 'vscode';
import { planText, stayText } from '../../core/plan/planText';
import { stays } from '../../core/plan/stay';
import { copyText, type Plan, type Step } from '../../core/plan/step';
import type { Facts } from '../../core/facts';
import { makePlan } from '../../doctor/plan/makePlan';
import { readModuleSource } from '../../doctor/plan/moduleSource';
import { runPlan, type PlanReport, type StepReport } from '../../doctor/plan/runPlan';
import { LocalHost } from '../../host/local';
import type { Session } from '../session';
import { readSettings } from '../settings';
import type { Place } from '../place';
import { runInTerminal } from '../terminalTask';
import { translate } from '../translate';

/** "TOA: Install Module…": asks which module, shows the plan, and runs the steps that stay picked. */
export async function installModule(session: Session, moduleSource: string): Promise<void> {
  await session.ready();
  const { facts } = session.store.state;
  const from = await askSource(session.place);
  if (facts === undefined || from === undefined) return;
  const source = await readModuleSource(new LocalHost(), moduleSource);
  const release = readSettings().kernelRelease;
  const plan = await makePlan(session.host, facts, source, { from: from.path, release });
  if (plan.refused !== undefined) throw new Error(translate(plan.refused));
  const chosen = await pickSteps(plan, facts);
  if (chosen === undefined) return;
  const report = await run(session, facts, plan, chosen);
  await tell(session, report);
  await session.refresh({ anew: true });
}

/** Our own module, or a vendor's file or folder on the host. */
async function askSource(place: Place): Promise<{ readonly path: string | undefined } | undefined> {
  const own = {
    label: vscode.l10n.t('TOA Doctor’s own module'),
    detail: vscode.l10n.t('Built on this host, kept by dkms'),
  };
  const file = {
    label: vscode.l10n.t('A file of the vendor…'),
    detail: vscode.l10n.t('A kernel RPM, or a toa.ko that is built already'),
  };
  const folder = {
    label: vscode.l10n.t('The vendor’s source…'),
    detail: vscode.l10n.t('The folder with its Makefile'),
  };
  const picked = await vscode.window.showQuickPick([own, file, folder], {
    title: vscode.l10n.t('Install which module?'),
  });
  if (picked === undefined) return undefined;
  if (picked === own) return { path: undefined };
  // On another host what lies there is chosen.
  const where = place.isFar ? { defaultUri: place.uriOf('/') } : {};
  const kinds = { canSelectFiles: picked === file, canSelectFolders: picked === folder };
  const [uri] = (await vscode.window.showOpenDialog({ ...kinds, ...where })) ?? [];
  if (uri === undefined) return undefined;
  const path = place.pathOf(uri);
  if (path === undefined)
    throw new Error(vscode.l10n.t('{path} does not lie on {host}.', { path: uri.path, host: place.host.name }));
  return { path };
}

interface StepItem extends vscode.QuickPickItem {
  readonly step: Step;
}

/** The plan as a list: what stays picked is run, the rest skipped; a button of each step copies its commands, one shows all of it. */
function pickSteps(plan: Plan, facts: Facts): Promise<ReadonlySet<Step> | undefined> {
  const copy: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy') };
  const show: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('open-preview'),
    tooltip: vscode.l10n.t('Show the whole plan'),
  };
  const list = vscode.window.createQuickPick<StepItem>();
  list.title = `${translate(plan.title)} (${plan.release})`;
  list.placeholder = vscode.l10n.t('Steps that stay picked are run in this order, as root. Enter begins.');
  list.canSelectMany = true;
  list.ignoreFocusOut = true;
  list.matchOnDetail = true;
  list.buttons = [show];
  list.items = plan.steps.map((step, index) => itemOf(step, index + 1, copy));
  list.selectedItems = list.items.filter(({ step }) => step.skip === undefined);
  return new Promise((resolve) => {
    list.onDidTriggerItemButton(({ item }) => {
      void vscode.env.clipboard.writeText(item.step.actions.map(copyText).join('\n'));
    });
    list.onDidTriggerButton(() => {
      void showText(`${planText(plan, translate)}\n${stayText(stays(facts), translate)}`);
    });
    list.onDidAccept(() => {
      resolve(new Set(list.selectedItems.map(({ step }) => step)));
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function itemOf(step: Step, number: number, copy: vscode.QuickInputButton): StepItem {
  const detail = step.skip === undefined ? firstLines(step) : translate(step.skip);
  return { step, label: `${number}. ${translate(step.title)}`, detail, buttons: [copy] };
}

function firstLines({ actions }: Step): string {
  return actions
    .map((action) => copyText(action).split('\n', 1)[0] ?? '')
    .join(' && ')
    .slice(0, 200);
}

/** A plan or a proof, in an editor beside: it can be read, copied and saved. */
export async function showText(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

function run(session: Session, facts: Facts, plan: Plan, chosen: ReadonlySet<Step>): Promise<PlanReport> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: translate(plan.title),
    cancellable: true,
  };
  return Promise.resolve(
    vscode.window.withProgress(options, (progress, cancellation) => {
      const stopping = new AbortController();
      cancellation.onCancellationRequested(() => {
        stopping.abort();
      });
      return runPlan(session.host, plan, {
        facts,
        signal: stopping.signal,
        decide: (step) => Promise.resolve(chosen.has(step) ? 'run' : 'skip'),
        onBegin: (step) => {
          progress.report({ message: translate(step.title) });
          session.log.info(`${step.id}: ${step.actions.map(copyText).join('\n')}`);
        },
        onOutput: (text) => {
          session.log.append(text);
        },
        onEnd: ({ step, state }) => {
          session.log.info(`${step.id}: ${state}`);
        },
      });
    }),
  );
}

async function tell(session: Session, { outcome, steps }: PlanReport): Promise<void> {
  const last = steps.at(-1);
  if (outcome === 'failed' && last !== undefined) await tellFailure(session, last);
  else if (outcome === 'waiting' && last !== undefined) await handOver(last.step, session.place);
  else if (outcome === 'done') {
    const done = steps.filter(({ state }) => state === 'done').length;
    const text = vscode.l10n.t('{done} of {all} steps were done; the others were so already, or skipped.', {
      done,
      all: steps.length,
    });
    void vscode.window.showInformationMessage(text);
  }
}

async function tellFailure(session: Session, { step, problem, findings }: StepReport): Promise<void> {
  const why = problem === undefined ? '' : translate(problem);
  const [finding] = findings;
  const explained = finding === undefined ? '' : ` ${translate(finding.title)}. ${translate(finding.explanation)}`;
  const log = vscode.l10n.t('Show Log');
  const text = vscode.l10n.t('{step} failed. {reason}', { step: translate(step.title), reason: why + explained });
  if ((await vscode.window.showErrorMessage(text, log)) === log) session.log.show();
}

/** What only a person can do: in a terminal, where a password can be typed. */
async function handOver(step: Step, place: Place): Promise<void> {
  const runIt = vscode.l10n.t('Run in Terminal');
  const copy = vscode.l10n.t('Copy');
  const commands = step.actions.map(copyText).join('\n');
  const again = vscode.l10n.t('Afterwards install again: what is done stays done.');
  const detail = [commands, ...step.notes.map(translate), again].join('\n\n');
  const answer = await vscode.window.showInformationMessage(
    translate(step.title),
    { modal: true, detail },
    runIt,
    copy,
  );
  if (answer === copy) await vscode.env.clipboard.writeText(commands);
  if (answer === runIt)
    for (const { argv } of step.actions) await runInTerminal(place, ['sudo', ...argv], translate(step.title));
}
