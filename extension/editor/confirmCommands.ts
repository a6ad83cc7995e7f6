import * as vscode from 'vscode';
import { shellText } from '../core/shellText';

export interface ShownCommands {
  readonly title: string;
  /** Where they are to run. */
  readonly host: string;
  readonly commands: readonly (readonly string[])[];
  /** In which directory there, where that matters. */
  readonly directory?: string | undefined;
  /** What stands above and below them. */
  readonly above?: readonly string[];
  readonly below?: readonly string[];
  /** What the button is called that runs them. */
  readonly run: string;
}

/** Shows the exact commands, to be run or copied. Gives whether they are to be run: nothing is before a yes. */
export async function confirmCommands({
  title,
  host,
  commands,
  directory,
  above = [],
  below = [],
  run,
}: ShownCommands): Promise<boolean> {
  const copy = vscode.l10n.t('Copy');
  const place = directory === undefined ? [] : [['cd', directory]];
  const text = [...place, ...commands].map((argv) => shellText(argv)).join('\n');
  const shown = vscode.l10n.t('On {host}:\n{commands}', { host, commands: text });
  const detail = [...above, shown, ...below].join('\n\n');
  const answer = await vscode.window.showInformationMessage(title, { modal: true, detail }, run, copy);
  if (answer === copy) await vscode.env.clipboard.writeText(text);
  return answer === run;
}
