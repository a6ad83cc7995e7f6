import * as vscode from 'vscode';
import type { CommandRemedy, EditRemedy, LinkRemedy, Remedy } from '../core/explain/finding';
import { shellText } from '../core/shellText';
import { confirmCommands } from './confirmCommands';
import { workspaceEdit } from './positions';
import type { Session } from './session';
import { pinKernel } from './settings';
import { asRoot, runInTerminal } from './terminalTask';
import { translate } from './translate';

/** What a quick fix passes on. */
export interface OfferedRemedy {
  readonly remedy: Remedy;
  readonly source: string;
}

/**
 * Offers a remedy: an edit is applied (undo takes it back), a link opened, a command shown first and run only on a yes. `source`: the
 * directory of the module's source.
 */
export async function applyRemedy(remedy: Remedy, session: Session, source?: string): Promise<void> {
  switch (remedy.kind) {
    case 'edit':
      return applyEdit(remedy, session);
    case 'link':
      return openLink(remedy);
    case 'target':
      await pinKernel(remedy.release);
      return session.refresh();
    case 'command':
      return offerCommands(remedy, session, source);
  }
}

async function applyEdit({ file, edits }: EditRemedy, { place }: Session): Promise<void> {
  const document = await vscode.workspace.openTextDocument(place.uriOf(file));
  await vscode.workspace.applyEdit(workspaceEdit(document, edits));
  await vscode.window.showTextDocument(document);
}

async function openLink({ url }: LinkRemedy): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

async function offerCommands(remedy: CommandRemedy, session: Session, source: string | undefined): Promise<void> {
  const { user } = session.store.state.facts ?? {};
  const commands = remedy.commands.map((argv) => (remedy.privileged ? asRoot(argv, user) : argv));
  const title = translate(remedy.title);
  const below = [...(remedy.notes ?? []), ...(remedy.undo === undefined ? [] : [remedy.undo])].map(translate);
  const run = vscode.l10n.t('Run in Terminal');
  const directory = remedy.inSource === true ? source : undefined;
  if (!(await confirmCommands({ title, host: session.host.name, commands, directory, below, run }))) return;
  session.log.info(`run on request: ${commands.map((argv) => shellText(argv)).join(' && ')}`);
  // Stops at the first failure.
  for (const argv of commands) if ((await runInTerminal(session.place, argv, title, directory)) !== 0) break;
  await session.refresh({ anew: true });
}
