import * as vscode from 'vscode';
import type { Remedy } from '../core/explain/finding';
import type { OpenWorkshop, Workshop } from './workshop';

type Handler = (workshop: Workshop, argument: unknown) => Promise<void> | void;

/** What each command does, imported when it is first called; those for quick fixes and for the finding's page have no place in the palette. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  'toa.build': async ({ session }, directory) => (await import('./commands/build')).buildModule(session, directory),
  'toa.buildFor': async ({ session }, directory) =>
    (await import('./commands/build')).buildModuleFor(session, directory),
  'toa.bundle': async ({ session }) => (await import('./commands/bundle')).writeSupportBundle(session),
  'toa.chooseKernel': async ({ session }) => (await import('./commands/chooseKernel')).chooseKernel(session),
  'toa.capture': async ({ session, decoder }) =>
    (await import('./commands/capture')).captureHandshakes(session, decoder),
  'toa.diagnose': async ({ session }) => (await import('./commands/diagnose')).diagnoseWorkspace(session),
  'toa.explain': async ({ session, findings }) => (await import('./commands/explain')).explainText(session, findings),
  'toa.explainTerminal': async ({ session, findings }) =>
    (await import('./commands/explain')).explainTerminal(session, findings),
  'toa.showFinding': async ({ session, findings }, shown) =>
    (await import('./commands/showFinding')).showFinding(session, findings, shown),
  // The links of the finding's page.
  'toa.openEvidence': ({ findings }, numbers) => findings.openEvidence(numbers),
  'toa.applyShownRemedy': ({ findings }, numbers) => findings.applyRemedy(numbers),
  'toa.decodeSelection': async ({ decoder }) => (await import('./commands/decodeSelection')).decodeSelection(decoder),
  'toa.encodeOption': async () => (await import('./commands/encodeOption')).encodeClientAddress(),
  'toa.install': async ({ session, moduleSource }) =>
    (await import('./commands/install')).installModule(session, moduleSource),
  'toa.openCapture': async () => (await import('./commands/openCapture')).openCapture(),
  'toa.openDecoder': ({ decoder }) => decoder.reveal(),
  'toa.checkHosts': async ({ hosts }) => (await import('./commands/checkHosts')).checkManyHosts(hosts),
  'toa.openRemote': async ({ hosts, extensionUri }) =>
    (await import('./commands/openRemote')).openRemote(hosts, extensionUri),
  'toa.remoteTerminal': async ({ hosts }) => {
    (await import('./commands/remoteTerminal')).remoteTerminal(hosts);
  },
  'toa.searchRemote': async ({ session }) => (await import('./commands/searchRemote')).searchRemote(session),
  'toa.uninstall': async ({ session }) => (await import('./commands/uninstall')).uninstallModule(session),
  'toa.verify': async ({ session, moduleSource }) =>
    (await import('./commands/verify')).verifyClientAddress(session, moduleSource),
  'toa.showLog': ({ session }) => {
    session.log.show();
  },
  // Only this extension's own quick fixes pass a remedy.
  'toa.applyRemedy': async ({ session }, remedy) => (await import('./remedies')).applyRemedy(remedy as Remedy, session),
};

/** Registers every command of the extension. */
export function registerCommands(open: OpenWorkshop, log: vscode.LogOutputChannel): vscode.Disposable {
  const registered = Object.entries(HANDLERS).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        await handler(await open(), argument);
      } catch (error) {
        await tellFailure(id, error, log);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** A command that fails says so in one line; the details are in the log. */
async function tellFailure(id: string, error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const show = vscode.l10n.t('Show Log');
  const text = error instanceof Error ? error.message : String(error);
  if ((await vscode.window.showErrorMessage(text, show)) === show) log.show();
}
