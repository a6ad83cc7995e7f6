import * as vscode from 'vscode';
import type { Remedy } from '../core/explain/finding';
import { ansibleForHosts } from './commands/ansible';
import { buildModule, buildModuleFor } from './commands/build';
import { captureHandshakes } from './commands/capture';
import { writeSupportBundle } from './commands/bundle';
import { checkManyHosts } from './commands/checkHosts';
import { chooseKernel } from './commands/chooseKernel';
import { decodeSelection } from './commands/decodeSelection';
import { diagnoseWorkspace } from './commands/diagnose';
import { encodeClientAddress } from './commands/encodeOption';
import { explainTerminal, explainText } from './commands/explain';
import { installModule } from './commands/install';
import { showFinding } from './commands/showFinding';
import { openCapture } from './commands/openCapture';
import { openRemote } from './commands/openRemote';
import { remoteTerminal } from './commands/remoteTerminal';
import { searchRemote } from './commands/searchRemote';
import { uninstallModule } from './commands/uninstall';
import { verifyClientAddress } from './commands/verify';
import type { DecoderView } from './decoderView';
import type { FindingView } from './findingView';
import { applyRemedy } from './remedies';
import type { RemoteHosts } from './remote/remoteHosts';
import type { Session } from './session';

type Handler = (argument: unknown) => Promise<void> | void;

/** What the commands work with. */
export interface Workshop {
  readonly session: Session;
  readonly decoder: DecoderView;
  readonly findings: FindingView;
  readonly hosts: RemoteHosts;
  readonly extensionUri: vscode.Uri;
}

/** Every command of the extension; those for quick fixes and for the finding's page have no place in the palette. */
export function registerCommands({ session, decoder, findings, hosts, extensionUri }: Workshop): vscode.Disposable {
  // The source of toa.ko and of its self-test, which go to the host as text.
  const moduleSource = vscode.Uri.joinPath(extensionUri, 'kernel').fsPath;
  const handlers: Readonly<Record<string, Handler>> = {
    'toa.build': (directory) => buildModule(session, directory),
    'toa.buildFor': (directory) => buildModuleFor(session, directory),
    'toa.bundle': () => writeSupportBundle(session),
    'toa.chooseKernel': () => chooseKernel(session),
    'toa.capture': () => captureHandshakes(session, decoder),
    'toa.diagnose': () => diagnoseWorkspace(session),
    'toa.explain': () => explainText(session, findings),
    'toa.explainTerminal': () => explainTerminal(session, findings),
    'toa.showFinding': (shown) => showFinding(session, findings, shown),
    // The links of the finding's page.
    'toa.openEvidence': (numbers) => findings.openEvidence(numbers),
    'toa.applyShownRemedy': (numbers) => findings.applyRemedy(numbers),
    'toa.decodeSelection': () => decodeSelection(decoder),
    'toa.encodeOption': () => encodeClientAddress(),
    'toa.install': () => installModule(session, moduleSource),
    'toa.openCapture': () => openCapture(),
    'toa.openDecoder': () => decoder.reveal(),
    'toa.checkHosts': () =>
      checkManyHosts({ hosts, extensionUri, writeAnsible: (fleet) => ansibleForHosts(fleet, moduleSource) }),
    'toa.openRemote': () => openRemote(hosts, extensionUri),
    'toa.remoteTerminal': () => {
      remoteTerminal(hosts);
    },
    'toa.searchRemote': () => searchRemote(session),
    'toa.uninstall': () => uninstallModule(session),
    'toa.verify': () => verifyClientAddress(session, moduleSource),
    'toa.showLog': () => {
      session.log.show();
    },
    // Only this extension's own quick fixes pass a remedy.
    'toa.applyRemedy': (remedy) => applyRemedy(remedy as Remedy, session),
  };
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, (argument: unknown) => run(session, id, handler, argument)),
  );
  return vscode.Disposable.from(...registered);
}

/** A command that fails says so in one line; the details are in the log. */
async function run(session: Session, id: string, handler: Handler, argument: unknown): Promise<void> {
  try {
    await handler(argument);
  } catch (error) {
    session.log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const log = vscode.l10n.t('Show Log');
    const text = error instanceof Error ? error.message : String(error);
    if ((await vscode.window.showErrorMessage(text, log)) === log) session.log.show();
  }
}
