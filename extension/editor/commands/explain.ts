import * as vscode from 'vscode';
import { explain } from '../../core/explain/engine';
import type { Finding } from '../../core/explain/finding';
import { readSymptoms } from '../../core/explain/symptomReader';
import { decide, type DecideOptions } from '../../doctor/decide';
import type { FindingView } from '../findingView';
import { selectedText } from '../selectedText';
import type { Session } from '../session';
import { stoppable } from '../stoppable';

/** "TOA: Explain Selection or Clipboard": the output of a make, insmod or dkms from anywhere, read with this host's facts. */
export async function explainText(session: Session, view: FindingView): Promise<void> {
  await explainAndShow(await selectedText(), session, view);
}

/** "TOA: Explain Terminal Selection". The API cannot read it: it is copied, and the clipboard gets back the text it had. */
export async function explainTerminal(session: Session, view: FindingView): Promise<void> {
  const before = await vscode.env.clipboard.readText();
  await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
  const selected = await vscode.env.clipboard.readText();
  await vscode.env.clipboard.writeText(before);
  await explainAndShow(selected, session, view);
}

async function explainAndShow(text: string, session: Session, view: FindingView): Promise<void> {
  if (text.trim() === '') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Select the output to explain, or copy it, and run this again.'),
    );
    return;
  }
  const directory = directoryOfText(session);
  const title = vscode.l10n.t('Explaining');
  const asked: string[] = [];
  const onAsk = (command: string): void => {
    session.log.info(`asked to decide: ${command}`);
    asked.push(command);
  };
  // Without facts the text is still explained, only less surely.
  await session.ready().catch(() => undefined);
  const findings = await stoppable(title, (signal) => findingsFor(text, session, { directory, onAsk, signal }));
  if (findings.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No known failure of a kernel module’s build or load is in this text.'),
    );
    return;
  }
  view.show({ findings, directory, asked });
}

async function findingsFor(text: string, session: Session, options: DecideOptions): Promise<readonly Finding[]> {
  const { facts } = session.store.state;
  const kase = { symptoms: readSymptoms(text), facts, wanted: undefined, makefile: undefined };
  if (facts === undefined) return explain(kase);
  return decide(session.host, kase, options);
}

/** The one module source of the workspace: where else would the paths in the text be seen from. */
function directoryOfText({ store }: Session): string | undefined {
  const [only, ...others] = store.state.sources;
  return others.length === 0 ? only?.directory : undefined;
}
