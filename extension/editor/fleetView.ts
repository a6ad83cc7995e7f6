import * as vscode from 'vscode';
import { sshOptionsOf, type FleetHost } from '../core/fleet/fleetHost';
import type { HostRow } from '../core/fleet/hostRow';
import { csv, tableOf } from '../core/fleet/table';
import { checkHosts } from '../doctor/checkHosts';
import { fleetPage } from '../webview/fleet/page';
import { isFleetRequest, type FleetRequest, type FleetState } from '../webview/fleet/protocol';
import { translateFleetStrings } from '../webview/fleet/strings';
import { distOf, pageParts } from './pageParts';
import type { RemoteHosts } from './remote/remoteHosts';
import { translate, translateText } from './translate';

export interface FleetTools {
  readonly hosts: RemoteHosts;
  readonly extensionUri: vscode.Uri;
  /** Writes an Ansible project for these hosts. */
  readonly writeAnsible: (hosts: readonly FleetHost[]) => Promise<void>;
}

/** One check of many hosts, in an editor of its own: the table fills while they are asked, and closing it stops the check. */
export class FleetView {
  private readonly panel: vscode.WebviewPanel;
  private rows: HostRow[] = [];
  private phase: FleetState['phase'] = 'checking';
  private stop = new AbortController();
  private isClosed = false;

  constructor(
    private readonly fleet: readonly FleetHost[],
    private readonly tools: FleetTools,
  ) {
    const title = vscode.l10n.t('Hosts');
    this.panel = vscode.window.createWebviewPanel('toa.fleet', title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [distOf(tools.extensionUri)],
      retainContextWhenHidden: true,
    });
    const { webview } = this.panel;
    webview.onDidReceiveMessage((received: unknown) => {
      if (isFleetRequest(received)) void this.obey(received);
    });
    this.panel.onDidDispose(() => {
      this.isClosed = true;
      this.stop.abort();
    });
    webview.html = fleetPage({
      ...pageParts(webview, tools.extensionUri, 'fleet.js'),
      strings: translateFleetStrings(translateText),
      language: vscode.env.language,
    });
  }

  /** Asks every host. Never rejects: a host that cannot be asked is a row. */
  async check(): Promise<void> {
    this.stop = new AbortController();
    this.rows = [];
    this.phase = 'checking';
    const { signal } = this.stop;
    const options = new Map(this.fleet.map((host) => [host.name, sshOptionsOf(host)]));
    await checkHosts({
      hosts: this.fleet.map(({ name }) => name),
      lend: (name, work) => this.tools.hosts.apart(name, options.get(name) ?? [], work),
      signal,
      onRow: (row) => {
        this.rows.push(row);
        void this.send();
      },
    });
    this.phase = signal.aborted ? 'stopped' : 'finished';
    await this.send();
  }

  private async obey(request: FleetRequest): Promise<void> {
    switch (request.type) {
      case 'ready':
        return this.send();
      case 'cancel':
        this.stop.abort();
        return;
      case 'again':
        if (this.phase !== 'checking') await this.check();
        return;
      case 'csv':
        return show('csv', csv(tableOf(this.chosen(request.hosts), translate)));
      case 'json': {
        const rows = this.chosen(request.hosts).map((row) => ({ ...row, summary: translate(row.summary) }));
        return show('json', `${JSON.stringify({ hosts: rows }, null, 2)}\n`);
      }
      case 'ansible':
        return this.tools.writeAnsible(this.fleet.filter(({ name }) => request.hosts.includes(name)));
    }
  }

  private chosen(hosts: readonly string[]): readonly HostRow[] {
    return this.rows.filter(({ host }) => hosts.includes(host));
  }

  private async send(): Promise<void> {
    if (this.isClosed) return;
    const rows = this.rows.map((row) => ({ ...row, summary: translate(row.summary) }));
    const state: FleetState = { rows, count: this.fleet.length, phase: this.phase };
    await this.panel.webview.postMessage(state);
  }
}

async function show(language: string, content: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}
