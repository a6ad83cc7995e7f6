import * as vscode from 'vscode';
import { registerCaptureEditor } from './editor/activation/captureEditor';
import { openForSources } from './editor/activation/openForSources';
import { registerLanguageModelTools } from './editor/activation/languageModelTools';
import { registerOptionHover } from './editor/activation/optionHover';
import { registerRemoteFiles } from './editor/activation/remoteFiles';
import { registerBuildTasks } from './editor/activation/tasks';
import { registerViews } from './editor/activation/views';
import { registerCommands } from './editor/commands';
import { once } from './editor/once';
import type { Workshop } from './editor/workshop';

/** VS Code ends an extension without handing back what it made, and waits only for what `deactivate` returns. */
let opened: Promise<Workshop> | undefined;

/**
 * Only registers: what a command or provider does is imported when it is first used, so that a window which needs nothing of it pays
 * for nothing. A test holds the size of what this file imports.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('TOA Doctor', { log: true });
  const open = once(
    () => (opened = import('./editor/workshop').then(({ makeWorkshop }) => makeWorkshop(context, log))),
  );
  context.subscriptions.push(
    log,
    registerCommands(open, log),
    registerViews(open),
    registerBuildTasks(open),
    registerRemoteFiles(open),
    registerCaptureEditor(context.extensionUri),
    registerOptionHover(),
    registerLanguageModelTools(open),
    openForSources(open),
  );
}

/** Ends every command that still runs, here and on other hosts. */
export async function deactivate(): Promise<void> {
  await (await opened)?.end();
}
