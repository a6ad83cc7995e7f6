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
import { Problems } from './editor/problems';
import { registerQuickFixes } from './editor/quickFixes';
import { Session } from './editor/session';
import { watchWorkspace } from './editor/watchWorkspace';

/** VS Code ends an extension without handing back what it made, and waits only for what `deactivate` returns. */
let ending: (() => Promise<void>) | undefined;

/** Wires the rooms together, nothing else. */
export function activate(context: vscode.ExtensionContext): void {
  const session = new Session();
  ending = () => session.end();
  const decoder = new DecoderView(context.extensionUri, session.store);
  context.subscriptions.push(
    session,
    decoder,
    new Problems(session),
    registerCommands(session, decoder, context.extensionUri),
    registerBuildTasks(session),
    registerDoctorTree(session.store),
    createKernelStatus(session.store),
    registerCaptureEditor(context.extensionUri),
    registerOptionHover(),
    registerMakefileHover(session),
    registerQuickFixes(session),
    registerModuleLens(),
    registerDkmsConf(),
    watchWorkspace(session),
  );
}

/** Ends every command that still runs on the host. */
export function deactivate(): Promise<void> | undefined {
  return ending?.();
}
