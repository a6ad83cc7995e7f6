import * as vscode from 'vscode';
import { hexOf } from '../../core/bytes';
import { encodeOption } from '../../core/decode/encode';

/** Kinds that load balancers use with 8 and 20 bytes, the most frequent one first. */
const KINDS = [254, 200, 253] as const;

/** "TOA: Encode Client Address as Option…": asks for address and kind, and copies the option's bytes, for a test. */
export async function encodeClientAddress(): Promise<void> {
  const client = await vscode.window.showInputBox({
    title: vscode.l10n.t('Which client address?'),
    placeHolder: '203.0.113.7:12345',
    prompt: vscode.l10n.t('Address and port, an IPv6 address in brackets.'),
    validateInput: (text) =>
      text.trim() === '' || encodeOption(text, KINDS[0]) !== undefined
        ? undefined
        : vscode.l10n.t('Write it as 203.0.113.7:12345 or [2001:db8::7]:12345.'),
  });
  if (client === undefined || client.trim() === '') return;
  const items = KINDS.flatMap((kind) => {
    const bytes = encodeOption(client, kind);
    return bytes === undefined ? [] : [{ label: String(kind), description: spaced(bytes) }];
  });
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which option kind?') });
  if (picked === undefined) return;
  await vscode.env.clipboard.writeText(picked.description);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{bytes} is on the clipboard.', { bytes: picked.description }),
  );
}

function spaced(bytes: Uint8Array): string {
  return hexOf(bytes, 0, bytes.length).replace(/..(?=.)/g, '$& ');
}
