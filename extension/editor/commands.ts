import * as vscode from 'vscode';
import { reasonOf } from '../core/messageError';
import type { OfferedRemedy } from './remedies';
import { translate } from './translate';
import type { OpenWorkshop, Workshop } from './workshop';

type Handler = (workshop: Workshop, argument: unknown) => Promise<void> | void;

const building = () => import('./commands/building');
const decoding = () => import('./commands/decoding');
const farHosts = () => import('./commands/farHosts');
const installing = () => import('./commands/installing');

/** What each command does, imported with its neighbours when one is first called; those for quick fixes and for the finding's page have no place in the palette. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  'toa.build': async ({ session }, directory) => (await building()).buildModule(session, directory),
  'toa.buildFor': async ({ session }, directory) => (await building()).buildModuleFor(session, directory),
  'toa.bundle': async ({ session }) => (await building()).writeSupportBundle(session),
  'toa.chooseKernel': async ({ session }) => (await building()).chooseKernel(session),
  'toa.capture': async ({ session, decoder }) => (await decoding()).captureHandshakes(session, decoder),
  'toa.diagnose': async ({ session }) => (await building()).diagnoseWorkspace(session),
  'toa.explain': async ({ session, findings }) => (await building()).explainText(session, findings),
  'toa.explainTerminal': async ({ session, findings }) => (await building()).explainTerminal(session, findings),
  'toa.showFinding': async ({ session, findings }, shown) => (await building()).showFinding(session, findings, shown),
  // The links of the finding's page.
  'toa.openEvidence': ({ findings }, numbers) => findings.openEvidence(numbers),
  'toa.applyShownRemedy': ({ findings }, numbers) => findings.applyRemedy(numbers),
  'toa.decodeSelection': async ({ decoder }) => (await decoding()).decodeSelection(decoder),
  'toa.encodeOption': async () => (await decoding()).encodeClientAddress(),
  'toa.install': async (workshop, path) => (await installing()).installModule(workshop, path),
  'toa.openCapture': async () => (await decoding()).openCapture(),
  'toa.openDecoder': ({ decoder }) => decoder.reveal(),
  'toa.checkHosts': async ({ hosts, extensionUri, moduleSource }) => {
    const { ansibleForHosts, checkManyHosts } = await farHosts();
    await checkManyHosts({ hosts, extensionUri, writeAnsible: (fleet) => ansibleForHosts(fleet, moduleSource) });
  },
  'toa.openRemote': async ({ hosts, extensionUri }) => (await farHosts()).openRemote(hosts, extensionUri),
  'toa.remoteTerminal': async ({ hosts }) => {
    (await farHosts()).remoteTerminal(hosts);
  },
  'toa.searchRemote': async ({ session }) => (await farHosts()).searchRemote(session),
  // In the place of what is not offered in an untrusted workspace.
  'toa.trust': async () => {
    await vscode.commands.executeCommand('workbench.trust.manage');
  },
  'toa.uninstall': async (workshop) => (await installing()).uninstallModule(workshop),
  'toa.verify': async ({ session, moduleSource }, port) =>
    (await installing()).verifyClientAddress(session, moduleSource, port),
  'toa.showLog': ({ session }) => {
    session.log.show();
  },
  // Only this extension's own quick fixes pass a remedy.
  'toa.applyRemedy': async ({ session }, offered) => {
    const { remedy, source } = offered as OfferedRemedy;
    await (await building()).applyRemedy(remedy, session, source);
  },
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

/** A command that fails says so in one line; the details are in the log. One that was stopped by the user says nothing. */
async function tellFailure(id: string, error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (error instanceof vscode.CancellationError) return;
  log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const show = vscode.l10n.t('Show Log');
  const text = reasonOf(error, translate);
  if ((await vscode.window.showErrorMessage(text, show)) === show) log.show();
}
