import * as vscode from 'vscode';
import type { HostRow } from '../../core/fleet/hostRow';
import { csv, tableOf } from '../../core/fleet/table';
import { hostNameProblem } from '../../core/remote/hostName';
import { checkHosts } from '../../doctor/checkHosts';
import { configuredHosts } from '../../host/ssh/configuredHosts';
import type { RemoteHosts } from '../remote/remoteHosts';
import { readSettings } from '../settings';
import { translate } from '../translate';

/** "TOA: Check Hosts…": probes chosen hosts and lists what each lacks; what is typed filters the list. */
export async function checkManyHosts(hosts: RemoteHosts): Promise<void> {
  const names = await pickHosts(hosts);
  if (names.length === 0) return;
  const title = vscode.l10n.t('Checking {count} hosts', { count: names.length });
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const rows = await vscode.window.withProgress(options, (progress, cancellation) => {
    const stop = new AbortController();
    cancellation.onCancellationRequested(() => {
      stop.abort();
    });
    return checkHosts({
      hosts: names,
      open: (name) => hosts.apart(name),
      signal: stop.signal,
      onRow: ({ host }) => {
        progress.report({ message: host, increment: 100 / names.length });
      },
    });
  });
  await show(rows);
}

async function pickHosts(hosts: RemoteHosts): Promise<readonly string[]> {
  const configured = await configuredHosts(readSettings().sshConfigFile);
  const names = [...new Set([...hosts.recent, ...configured])].filter((name) => hostNameProblem(name) === undefined);
  const title = vscode.l10n.t('Check which hosts?');
  return (await vscode.window.showQuickPick(names, { title, canPickMany: true })) ?? [];
}

const ICONS = { unreached: '$(debug-disconnect)', findings: '$(warning)', fine: '$(pass)' } as const;

async function show(rows: readonly HostRow[]): Promise<void> {
  const [, ...sorted] = tableOf(rows, translate);
  const exported = { label: `$(export) ${vscode.l10n.t('Open as CSV')}`, alwaysShow: true };
  const items = sorted.flatMap(([host = '']) => {
    const row = rows.find((one) => one.host === host);
    if (row === undefined) return [];
    const description = [row.distribution, row.kernel, row.cause].filter(Boolean).join(', ');
    return [
      {
        label: `${ICONS[row.state]} ${host}`,
        description,
        detail: [translate(row.summary), row.remedy].filter(Boolean).join('  '),
      },
    ];
  });
  const picked = await vscode.window.showQuickPick([exported, ...items], {
    title: vscode.l10n.t('{fine} of {count} hosts are fine', {
      fine: rows.filter(({ state }) => state === 'fine').length,
      count: rows.length,
    }),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== exported) return;
  const document = await vscode.workspace.openTextDocument({ content: csv(tableOf(rows, translate)), language: 'csv' });
  await vscode.window.showTextDocument(document);
}
