import type * as vscode from 'vscode';
import { registerBuildTasks } from './editor/buildTask';
import { registerCommands } from './editor/commands';
import { registerCaptureEditor } from './editor/captureEditor';
import { DecoderView } from './editor/decoderView';
import { registerDkmsConf } from './editor/dkmsConf';
import { registerDoctorTree } from './editor/doctorTree';
import { createKernelStatus } from './editor/kernelStatus';
import { registerMakefileHover } from './editor/makefileHover';
import { registerModuleLens } from './editor/moduleLens';
import { registerOptionHover } from './editor/optionHover';
import { FindingView } from './editor/findingView';
import { Problems } from './editor/problems';
import { registerQuickFixes } from './editor/quickFixes';
import { registerRepairFixes } from './editor/repairFixes';
import { Session } from './editor/session';
import { registerTerminalLinks } from './editor/terminalLinks';
import { watchWorkspace } from './editor/watchWorkspace';

/** VS Code ends an extension without handing back what it made, and waits only for what `deactivate` returns. */
let ending: (() => Promise<void>) | undefined;

/** Wires the rooms together, nothing else. */
export function activate(context: vscode.ExtensionContext): void {
  const session = new Session();
  ending = () => session.end();
  const decoder = new DecoderView(context.extensionUri, session.store);
  const findings = new FindingView(session);
  context.subscriptions.push(
    session,
    decoder,
    findings,
    new Problems(session),
    registerCommands(session, decoder, findings),
    registerBuildTasks(session),
    registerDoctorTree(session.store),
    createKernelStatus(session.store),
    registerCaptureEditor(context.extensionUri),
    registerOptionHover(),
    registerMakefileHover(session),
    registerQuickFixes(session),
    registerRepairFixes(session),
    registerTerminalLinks(session),
    registerModuleLens(),
    registerDkmsConf(),
    watchWorkspace(session),
  );
}

/** Ends every command that still runs on the host. */
export function deactivate(): Promise<void> | undefined {
  return ending?.();
}
