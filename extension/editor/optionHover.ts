import * as vscode from 'vscode';
import type { Decoded } from '../core/decode/decoded';
import { dialectTable } from '../core/decode/dialects';
import { optionAt } from '../core/decode/spot';
import { readSettings } from './settings';
import { translate } from './translate';

/** Over the bytes of an address option: the client, and why there may be doubt. */
export function optionHover(
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
): vscode.Hover | undefined {
  const spotted = optionAt(document.lineAt(line).text, character, dialectTable(readSettings().decoderKinds));
  if (spotted === undefined) return undefined;
  const { span, result } = spotted;
  return new vscode.Hover(describe(result), new vscode.Range(line, span.start, line, span.end));
}

function describe({ client, kind, dialect, note, alternative }: Decoded): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendText(
    vscode.l10n.t('TCP option {kind} ({dialect}): client {client}', {
      kind: kind ?? '?',
      dialect,
      client: client ?? '?',
    }),
  );
  const doubts = [
    ...(note === undefined ? [] : [translate(note)]),
    ...(alternative === undefined
      ? []
      : [
          vscode.l10n.t('Or {client}: {reason}', { client: alternative.client, reason: translate(alternative.reason) }),
        ]),
  ];
  for (const doubt of doubts) text.appendMarkdown('\n\n').appendText(doubt);
  return text;
}
