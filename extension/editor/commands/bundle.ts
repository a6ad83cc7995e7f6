import * as vscode from 'vscode';
import { linesOf, type Section } from '../../core/bundle/bundle';
import { captureDigest } from '../../core/bundle/captureDigest';
import { captureOptions, collectBundle, writeBundle } from '../../doctor/bundle';
import type { Session } from '../session';
import { stoppable } from '../stoppable';
import { translate } from '../translate';

interface SectionItem extends vscode.QuickPickItem {
  /** Absent for the one that stands for a capture, which is asked for when it is picked. */
  readonly section?: Section;
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
  const bundle = await stoppable(title, (signal) =>
    collectBundle(session.host, { directory, facts, output, options: undefined, signal }),
  );
  const items: readonly SectionItem[] = bundle.sections.map((section) => ({
    label: translate(section.title),
    description: vscode.l10n.t('lines: {lines}', { lines: linesOf(section) }),
    picked: true,
    section,
  }));
  const capture: SectionItem = {
    label: vscode.l10n.t('Options in a capture…'),
    description: vscode.l10n.t('Only what the options say, not the packets'),
  };
  const picked = await vscode.window.showQuickPick([...items, capture], {
    title: vscode.l10n.t('What the bundle is to hold: names and addresses are replaced'),
    canPickMany: true,
  });
  if (picked === undefined || picked.length === 0) return;
  const chosen = picked.flatMap(({ section }) => section ?? []);
  const captured = picked.includes(capture) ? await captureSection() : undefined;
  const content = writeBundle(bundle, captured === undefined ? chosen : [...chosen, captured], translate);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
}

/** Bytes of a capture that are read: handshakes are small, and a longer one says no more. */
const CAPTURE_LIMIT = 256 * 1024 * 1024;

/** What the options of a capture say, of the file that is picked. */
async function captureSection(): Promise<Section | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Capture of the handshakes') })) ?? [];
  if (file === undefined) return undefined;
  if ((await vscode.workspace.fs.stat(file)).size > CAPTURE_LIMIT) {
    throw new Error(vscode.l10n.t('The capture is larger than 256 MB. Capture some seconds of handshakes instead.'));
  }
  const digest = captureDigest();
  digest.feed(await vscode.workspace.fs.readFile(file));
  return captureOptions(digest.end());
}
