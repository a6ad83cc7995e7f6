import * as vscode from 'vscode';
import { requireFarFolder } from '../place';
import type { Session } from '../session';
import { stoppable } from '../stoppable';
import { translate } from '../translate';
import { requireTrust } from '../trust';

const LIMIT = 500;
/** Arguments: a directory and a text. Lines with the text, as `path:line:text`, in files up to a megabyte without NUL bytes. */
const SCRIPT = `cd "$1" || exit
find . -name .git -prune -o -type f -size -2048 -exec grep -nF -- "$2" /dev/null {} + 2>/dev/null | head -n ${String(LIMIT)}`;

interface Match extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
  readonly line: number;
}

/** "TOA: Search in Remote Files…": VS Code's own search does not reach files that only an extension provides. */
export async function searchRemote(session: Session): Promise<void> {
  requireTrust();
  const { path: root } = requireFarFolder();
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Search on {host}', { host: session.host.name }),
  });
  if (text === undefined || text === '') return;
  const { outcome, code, reason, stdout, stderr } = await stoppable(vscode.l10n.t('Searching'), (signal) =>
    session.host.script(SCRIPT, [root, text], { timeout: 60_000, signal }),
  );
  if (outcome !== 'exited' || code !== 0) {
    const why = reason === undefined ? stderr.trim() || outcome : translate(reason);
    const { name: host } = session.host;
    throw new Error(vscode.l10n.t('The search on {host} was not finished: {reason}', { host, reason: why }));
  }
  const matches = stdout.split('\n').flatMap((line) => matchOf(line, root, session));
  const { length: count } = matches;
  const picked = await vscode.window.showQuickPick(matches, {
    title:
      count < LIMIT
        ? vscode.l10n.t('{count} lines with “{text}”', { count, text })
        : vscode.l10n.t('The first {count} lines with “{text}”', { count, text }),
    matchOnDescription: true,
  });
  if (picked === undefined) return;
  const selection = new vscode.Range(picked.line, 0, picked.line, 0);
  await vscode.window.showTextDocument(picked.uri, { selection });
}

function matchOf(line: string, root: string, { place }: Session): readonly Match[] {
  const [, path, number, text] = /^\.\/(.+?):(\d+):(.*)$/.exec(line) ?? [];
  if (path === undefined || number === undefined) return [];
  const uri = place.uriOf(`${root === '/' ? '' : root}/${path}`);
  return [
    { label: (text ?? '').trim().slice(0, 200), description: `${path}:${number}`, uri, line: Number(number) - 1 },
  ];
}
