import * as vscode from 'vscode';

/** Asks for a file and opens it in the capture editor. */
export async function openCapture(): Promise<void> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Decode which file?'),
      filters: { [vscode.l10n.t('Captures')]: ['pcap', 'pcapng', 'cap', 'gz'], [vscode.l10n.t('All files')]: ['*'] },
    })) ?? [];
  if (file !== undefined) await vscode.commands.executeCommand('vscode.openWith', file, 'toa.capture');
}
