import * as vscode from 'vscode';
import type { CommandRemedy, EditRemedy, LinkRemedy, Remedy } from '../core/explain/finding';
import type { Facts } from '../core/facts';
import { shellText } from '../core/shellText';
import { workspaceEdit } from './positions';
import type { Session } from './session';
import { pinKernel } from './settings';
import { runInTerminal } from './terminalTask';
import { translate } from './translate';

/**
 * Offers a remedy: an edit is applied (undo takes it back), a link opened, a command shown first and run only on a yes. `directory` is the
 * source whose build it is for, where it is for one: what may have mended it can be built again with a click.
 */
export async function applyRemedy(remedy: Remedy, session: Session, directory?: string): Promise<void> {
  switch (remedy.kind) {
    case 'link':
      return openLink(remedy);
    case 'target':
      await pinKernel(remedy.release);
      return build(directory);
    case 'edit':
      await applyEdit(remedy, session);
      return offerToBuild(remedy, directory);
    case 'command':
      if (await offerCommands(remedy, session)) await offerToBuild(remedy, directory);
  }
}

async function offerToBuild({ title }: Remedy, directory: string | undefined): Promise<void> {
  if (directory === undefined) return;
  const again = vscode.l10n.t('Build Again');
  const done = vscode.l10n.t('Done: {title}', { title: translate(title) });
  if ((await vscode.window.showInformationMessage(done, again)) === again) await build(directory);
}

/** The workspace's one source, or the one that the user picks, when `directory` is absent. */
async function build(directory: string | undefined): Promise<void> {
  await vscode.commands.executeCommand('toa.build', directory);
}

async function applyEdit({ file, edits }: EditRemedy, { place }: Session): Promise<void> {
  const document = await vscode.workspace.openTextDocument(place.uriOf(file));
  await vscode.workspace.applyEdit(workspaceEdit(document, edits));
  await vscode.window.showTextDocument(document);
}

async function openLink({ url }: LinkRemedy): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

/** Gives whether all of them were run and succeeded. */
async function offerCommands(remedy: CommandRemedy, session: Session): Promise<boolean> {
  const commands = remedy.commands.map((argv) => asRoot(argv, remedy.privileged, session.store.state.facts));
  const text = commands.map(shellText).join('\n');
  const run = vscode.l10n.t('Run in Terminal');
  const copy = vscode.l10n.t('Copy');
  const notes = [...(remedy.notes ?? []), ...(remedy.undo === undefined ? [] : [remedy.undo])].map(translate);
  const shown = vscode.l10n.t('On {host}:\n{commands}', { host: session.host.name, commands: text });
  const detail = [shown, ...notes].join('\n\n');
  const answer = await vscode.window.showInformationMessage(
    translate(remedy.title),
    { modal: true, detail },
    run,
    copy,
  );
  if (answer === copy) await vscode.env.clipboard.writeText(text);
  if (answer !== run) return false;
  session.log.info(`run on request: ${text}`);
  const succeeded = await runInOrder(commands, translate(remedy.title), session);
  await session.refresh({ anew: true });
  return succeeded;
}

function asRoot(argv: readonly string[], privileged: boolean, facts: Facts | undefined): readonly string[] {
  return privileged && facts?.user.privilege !== 'root' ? ['sudo', ...argv] : argv;
}

/** Stops at the first failure; gives whether there was none. */
async function runInOrder(
  commands: readonly (readonly string[])[],
  name: string,
  { place }: Session,
): Promise<boolean> {
  for (const argv of commands) if ((await runInTerminal(place, argv, name)) !== 0) return false;
  return true;
}
