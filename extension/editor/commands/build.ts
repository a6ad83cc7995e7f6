import * as vscode from 'vscode';
import type { BuildReport } from '../../doctor/build';
import { isToaModule } from '../../doctor/builtModules';
import { lookAtLostBuild } from '../../doctor/lostBuild';
import { buildTask, type BuildOrder } from '../buildTask';
import type { Shown } from '../findingView';
import { pathIn } from '../place';
import type { Session } from '../session';
import { readSettings } from '../settings';
import { stoppable } from '../stoppable';
import { translate } from '../translate';
import { pickKernel } from './chooseKernel';

/** "TOA: Build Module": for the pinned kernel, or the one the Makefile takes. */
export async function buildModule(session: Session, directory: unknown): Promise<void> {
  await run(session, directory, readSettings().kernelRelease);
}

/** "TOA: Build Module for Kernel…": for a picked one, without touching the Makefile. */
export async function buildModuleFor(session: Session, directory: unknown): Promise<void> {
  const release = (await pickKernel(session))?.candidate?.release;
  if (release !== undefined) await run(session, directory, release);
}

async function run(session: Session, given: unknown, wanted: string | undefined): Promise<void> {
  await session.ready();
  const directory = typeof given === 'string' ? given : await chooseDirectory(session);
  if (directory === undefined) return;
  await vscode.workspace.saveAll(false);
  const busy = vscode.tasks.taskExecutions.find(
    ({ task }) => task.definition['type'] === 'toa' && task.definition['directory'] === directory,
  );
  if (busy !== undefined) {
    await offerToStop(busy, directory);
    return;
  }
  const report = await reportOf(session, { directory, wanted });
  if (report !== undefined) await tell(session, report);
}

/**
 * Runs the task and gives how the build ended; `undefined` when it could not be made. Later than the task's end when that was terminated. The
 * session tells it: VS Code may start an equal task of the provider in the place of this one.
 */
async function reportOf(session: Session, order: BuildOrder): Promise<BuildReport | undefined> {
  const listeners: vscode.Disposable[] = [];
  try {
    return await new Promise<BuildReport | undefined>((resolve, reject) => {
      listeners.push(
        session.onDidBuild((report) => {
          if (report.directory === order.directory) resolve(report);
        }),
        session.onDidNotBuild((directory) => {
          if (directory === order.directory) resolve(undefined);
        }),
      );
      vscode.tasks.executeTask(buildTask(session, order)).then(undefined, reject);
    });
  } finally {
    listeners.forEach((listener) => {
      listener.dispose();
    });
  }
}

async function offerToStop(busy: vscode.TaskExecution, directory: string): Promise<void> {
  const stop = vscode.l10n.t('Stop It');
  const text = vscode.l10n.t(
    'A build of {directory} is running already: two at once would overwrite each other’s objects.',
    { directory },
  );
  if ((await vscode.window.showWarningMessage(text, stop)) === stop) busy.terminate();
}

async function tell(session: Session, report: BuildReport): Promise<void> {
  const text = translate(report.summary);
  if (report.outcome === 'built') {
    void offerToInstall(report, text);
    await session.refresh();
    return;
  }
  if (report.outcome === 'cancelled') {
    void vscode.window.showInformationMessage(text);
    return;
  }
  if (report.outcome === 'lost') {
    await offerToLook(session, report.directory, text);
    return;
  }
  const why = vscode.l10n.t('Show Why');
  const log = vscode.l10n.t('Show Log');
  const answer = await vscode.window.showErrorMessage(text, ...(report.findings.length > 0 ? [why] : []), log);
  if (answer === why) {
    const shown: Shown = { findings: report.findings, directory: report.directory };
    await vscode.commands.executeCommand('toa.showFinding', shown);
  }
  if (answer === log) session.log.show();
}

/** Only what the running kernel may take; the steps are shown first. */
async function offerToInstall({ modules }: BuildReport, text: string): Promise<void> {
  const module = modules.find((one) => isToaModule(one) && one.fit !== undefined && one.fit.verdict !== 'refused');
  const install = vscode.l10n.t('Install Module…');
  const answer = await vscode.window.showInformationMessage(text, ...(module === undefined ? [] : [install]));
  if (answer === install) await vscode.commands.executeCommand('toa.install', module?.path);
}

/** After a broken connection: connects again on a click and says what the build has come to. */
async function offerToLook(session: Session, directory: string, text: string): Promise<void> {
  const look = vscode.l10n.t('Look at the Build');
  const again = vscode.l10n.t('Build Again');
  let answer = await vscode.window.showWarningMessage(text, look, again);
  while (answer === look) {
    const facts = await session.ready();
    const title = vscode.l10n.t('Looking at {host}', { host: session.host.name });
    const { summary } = await stoppable(title, (signal) => lookAtLostBuild(session.host, directory, facts, signal));
    answer = await vscode.window.showInformationMessage(translate(summary), look, again);
  }
  if (answer === again) await run(session, directory, readSettings().kernelRelease);
}

/** The one module source of the workspace, the one the open Makefile belongs to, or the one the user picks. */
async function chooseDirectory(session: Session): Promise<string | undefined> {
  const directories = session.store.state.sources.map(({ directory }) => directory);
  const active = vscode.window.activeTextEditor?.document.uri;
  const around = active === undefined ? undefined : pathIn(vscode.Uri.joinPath(active, '..'));
  if (around !== undefined && directories.includes(around)) return around;
  if (directories.length > 1) {
    return vscode.window.showQuickPick(directories, { title: vscode.l10n.t('Build which module?') });
  }
  const [only] = directories;
  if (only === undefined) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        'No Makefile of a kernel module is in this workspace. Open the folder with the module’s source (the one with obj-m in its Makefile).',
      ),
    );
  }
  return only;
}
