import * as vscode from 'vscode';
import { sizeOf, type Section } from '../../core/bundle/bundle';
import { collectBundle, writeBundle } from '../../doctor/bundle';
import type { Session } from '../session';
import { translate } from '../translate';

interface SectionItem extends vscode.QuickPickItem {
  readonly section: Section;
}

/** "TOA: Write Support Bundle…": lists what it would hold, and opens what is picked as a document, to be read and saved by the user. */
export async function writeSupportBundle(session: Session): Promise<void> {
  await session.ready();
  const { facts, sources } = session.store.state;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const directory = sources[0]?.directory ?? (folder && session.place.pathOf(folder.uri));
  if (directory === undefined) {
    void vscode.window.showErrorMessage(vscode.l10n.t('Open the folder with the module’s source first.'));
    return;
  }
  const title = vscode.l10n.t('Collecting for the support bundle');
  const output = session.outputOf(directory);
  const bundle = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
    collectBundle(session.host, { directory, facts, output, options: undefined }),
  );
  const items: readonly SectionItem[] = bundle.sections.map((section) => ({
    label: translate(section.title),
    description: vscode.l10n.t('{lines} lines', { lines: sizeOf(section).lines }),
    picked: true,
    section,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('What the bundle is to hold: names and addresses are replaced'),
    canPickMany: true,
  });
  if (picked === undefined || picked.length === 0) return;
  const content = writeBundle(
    bundle,
    picked.map(({ section }) => section),
    translate,
  );
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
}
