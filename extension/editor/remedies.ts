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
 * directory of the module's source, where it is for one: what may have mended it can be built again with a click.
 */
export async function applyRemedy(remedy: Remedy, session: Session, source?: string): Promise<void> {
  switch (remedy.kind) {
    case 'link':
      return openLink(remedy);
    case 'target':
      await pinKernel(remedy.release);
      return build(source);
    case 'edit':
      await applyEdit(remedy, session);
      return offerToBuild(remedy, source);
    case 'command':
      if (await offerCommands(remedy, session, source)) await offerToBuild(remedy, source);
  }
}

async function offerToBuild({ title }: Remedy, source: string | undefined): Promise<void> {
  if (source === undefined) return;
  const again = vscode.l10n.t('Build Again');
  const done = vscode.l10n.t('Done: {title}', { title: translate(title) });
  if ((await vscode.window.showInformationMessage(done, again)) === again) await build(source);
}

/** The workspace's one source, or the one that the user picks, when `source` is absent. */
async function build(source: string | undefined): Promise<void> {
  await vscode.commands.executeCommand('toa.build', source);
}

async function applyEdit({ file, edits }: EditRemedy, { place }: Session): Promise<void> {
  const document = await vscode.workspace.openTextDocument(place.uriOf(file));
  await vscode.workspace.applyEdit(workspaceEdit(document, edits));
  await vscode.window.showTextDocument(document);
}

async function openLink({ url }: LinkRemedy): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

/** Gives whether all of them were run and succeeded: it stops at the first failure. */
async function offerCommands(remedy: CommandRemedy, session: Session, source: string | undefined): Promise<boolean> {
  const { user } = session.store.state.facts ?? {};
  const commands = remedy.commands.map((argv) => (remedy.privileged ? asRoot(argv, user) : argv));
  const title = translate(remedy.title);
  const below = [...(remedy.notes ?? []), ...(remedy.undo === undefined ? [] : [remedy.undo])].map(translate);
  const run = vscode.l10n.t('Run in Terminal');
  const directory = remedy.inSource === true ? source : undefined;
  if (!(await confirmCommands({ title, host: session.host.name, commands, directory, below, run }))) return false;
  session.log.info(`run on request: ${commands.map((argv) => shellText(argv)).join(' && ')}`);
  const succeeded = await runInOrder(commands, title, directory, session);
  await session.refresh({ anew: true });
  return succeeded;
}

async function runInOrder(
  commands: readonly (readonly string[])[],
  title: string,
  directory: string | undefined,
  { place }: Session,
): Promise<boolean> {
  for (const argv of commands) if ((await runInTerminal(place, argv, title, directory)) !== 0) return false;
  return true;
}
