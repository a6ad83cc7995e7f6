import * as vscode from 'vscode';
import type { Facts } from '../core/facts';
import type { JournalEntry } from '../core/plan/journal';
import { stays } from '../core/plan/stay';
import { shownText, type Plan, type Step } from '../core/plan/step';
import type { StepReport } from '../doctor/plan/runPlan';
import type { Host } from '../host/host';
import type { ShownStay, ShownStep, StepProgress } from '../webview/plan/protocol';
import type { PlanContent } from './planView';
import { translate } from './translate';

/** A plan as its page shows it. */
export function shownPlan(plan: Plan, facts: Facts, host: Host): PlanContent {
  return {
    title: translate(plan.title),
    subtitle: vscode.l10n.t('For the kernel {release} on {host}. Nothing runs before you say so.', {
      release: plan.release,
      host: host.name,
    }),
    notes: [...plan.notes.map(translate), ...rootNotes(facts, host)],
    steps: plan.steps.map(shownStep),
    choosable: true,
  };
}

function shownStep({ id, title, changes, actions, check, undo, notes, skip, byHand }: Step): ShownStep {
  const forYou = vscode.l10n.t('Only you can do this step: a password at the console, or a reboot.');
  return {
    id,
    title: translate(title),
    changes: translate(changes),
    commands: actions.map(shownText).join('\n'),
    check: check && shownText(check),
    undo: undo && shownText(undo),
    notes: [...(byHand === true ? [forYou] : []), ...notes.map(translate)],
    skip: skip && translate(skip),
  };
}

/** Known before anything runs, and better told then. */
function rootNotes({ user }: Facts, { name }: Host): readonly string[] {
  if (user.privilege === 'root' || user.privilege === 'sudo') return [];
  return [
    vscode.l10n.t(
      'These steps need root, and {user} does not become root on {host} without a password: log in as root, or copy the script and run it there.',
      { user: user.name ?? String(user.uid), host: name },
    ),
  ];
}

/** What was done on a host, the last step first, as the page of taking it back shows it. */
export function shownJournal(entries: readonly JournalEntry[], facts: Facts, host: Host): PlanContent {
  return {
    title: vscode.l10n.t('Uninstall what TOA Doctor has installed'),
    subtitle: vscode.l10n.t('On {host}, the last step first. Nothing runs before you say so.', { host: host.name }),
    notes: rootNotes(facts, host),
    steps: [...entries].reverse().map(shownEntry),
    choosable: false,
  };
}

function shownEntry({ number, title, state, undo }: JournalEntry): ShownStep {
  const broken = vscode.l10n.t('This step was not finished: what it has done until then is taken back.');
  return {
    id: String(number),
    title: translate(title),
    changes: vscode.l10n.t('Every file that it changed becomes what it was before.'),
    commands: undo === undefined ? '' : shownText(undo),
    notes: state === 'done' ? [] : [broken],
  };
}

/** How a step ended, for its place on the page. */
export function stepProgress({ state, problem, findings }: StepReport): StepProgress {
  const [finding] = findings;
  return { phase: state, problem: problem && translate(problem), finding: finding && translate(finding.title) };
}

/** For each kernel that can be booted. */
export function shownStays(facts: Facts): readonly ShownStay[] {
  return stays(facts).map(({ release, verdict, reason, running }) => ({
    release: running ? vscode.l10n.t('{release} (running)', { release }) : release,
    verdict,
    reason: translate(reason),
  }));
}
