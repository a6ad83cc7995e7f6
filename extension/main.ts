import type * as vscode from 'vscode';
import { registerBuildTasks } from './editor/buildTask';
import { registerCommands } from './editor/commands';
import { registerCaptureEditor } from './editor/captureEditor';
import { DecoderView } from './editor/decoderView';
import { registerDkmsConf } from './editor/dkmsConf';
import { registerDoctorTree } from './editor/doctorTree';
import { createKernelStatus } from './editor/kernelStatus';
import { registerLanguageModelTools } from './editor/languageModelTools';
import { registerMakefileHover } from './editor/makefileHover';
import { registerModuleLens } from './editor/moduleLens';
import { registerOptionHover } from './editor/optionHover';
import { FindingView } from './editor/findingView';
import { placeOfWorkspace } from './editor/place';
import { Problems } from './editor/problems';
import { registerQuickFixes } from './editor/quickFixes';
import { registerRepairFixes } from './editor/repairFixes';
import { RemoteFileSystem } from './editor/remote/fileSystem';
import { RemoteHosts } from './editor/remote/remoteHosts';
import { Session } from './editor/session';
import { registerTerminalLinks } from './editor/terminalLinks';
import { watchWorkspace } from './editor/watchWorkspace';

/** VS Code ends an extension without handing back what it made, and waits only for what `deactivate` returns. */
let ending: (() => Promise<void>) | undefined;

/** Wires the rooms together, nothing else. */
export function activate(context: vscode.ExtensionContext): void {
  const hosts = new RemoteHosts(context);
  const files = new RemoteFileSystem(hosts);
  const session = new Session(placeOfWorkspace(hosts));
  ending = async () => {
    await Promise.all([session.end(), hosts.end()]);
  };
  const decoder = new DecoderView(context.extensionUri, session.store);
  const findings = new FindingView(session);
  context.subscriptions.push(
    files,
    session.onDidBuild(({ directory, modules }) => {
      const paths = [`${directory}/modules.order`, ...modules.map(({ path }) => path)];
      files.appeared(paths.map((path) => session.place.uriOf(path)));
    }),
    session,
    decoder,
    findings,
    new Problems(session),
    registerCommands({ session, decoder, findings, hosts, extensionUri: context.extensionUri }),
    registerBuildTasks(session),
    registerDoctorTree(session),
    createKernelStatus(session.store, session.place),
    registerCaptureEditor(context.extensionUri),
    registerOptionHover(),
    registerMakefileHover(session),
    registerQuickFixes(session),
    registerRepairFixes(session),
    registerTerminalLinks(session),
    registerModuleLens(),
    registerDkmsConf(),
    registerLanguageModelTools(session),
    watchWorkspace(session),
  );
}

/** Ends every command that still runs on the host. */
export function deactivate(): Promise<void> | undefined {
  return ending?.();
}
