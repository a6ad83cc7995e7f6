import * as vscode from 'vscode';
import { OUTPUT_KEPT } from '../core/bundle/bundle';
import type { Facts } from '../core/facts';
import type { BuildReport } from '../doctor/build';
import type { Host } from '../host/host';
import { reasonOf } from '../core/messageError';
import type { Place } from './place';
import { readSettings } from './settings';
import { stoppable } from './stoppable';
import { Store } from './store';
import { translate } from './translate';

/** What every command and view shares: the host, the state, the log. One per window; nothing global. */
export class Session implements vscode.Disposable {
  readonly store = new Store();
  private readonly built = new vscode.EventEmitter<BuildReport>();
  /** Fires with each build that has ended. */
  readonly onDidBuild = this.built.event;
  private readonly notBuilt = new vscode.EventEmitter<string>();
  /** Fires with the directory of a build that could not be made. */
  readonly onDidNotBuild = this.notBuilt.event;
  private running: Promise<void> | undefined;
  private stopping = new AbortController();
  private readonly outputs = new Map<string, string>();

  constructor(
    readonly place: Place,
    readonly log: vscode.LogOutputChannel,
  ) {
    const window = vscode.env.remoteName === undefined ? 'a local window' : `a window of ${vscode.env.remoteName}`;
    this.log.info(`in ${window}, working on ${place.host.name}`);
  }

  get host(): Host {
    return this.place.host;
  }

  /** Probes the host and examines the workspace. Calls while one is under way share it. `anew` asks the package manager again too. */
  refresh({ anew = false } = {}): Promise<void> {
    const available = anew ? undefined : this.store.state.facts?.packages.available;
    // One that is being stopped is not shared.
    if (this.running !== undefined && this.stopping.signal.aborted)
      return this.running.then(() => this.refresh({ anew }));
    this.running ??= this.diagnose(available).finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** The same with progress in a notification, where it can be stopped: that rejects with a `CancellationError`. */
  async refreshShown(options: { readonly anew?: boolean } = {}): Promise<void> {
    const title = vscode.l10n.t('Looking at {host}', { host: this.host.name });
    await stoppable(title, (signal) => {
      signal.addEventListener('abort', () => {
        this.stopping.abort();
      });
      return this.refresh(options);
    });
  }

  /** The facts, asking the host when it was not asked yet. Rejects with one clear line when it cannot be asked. */
  async ready(): Promise<Facts> {
    if (this.store.state.facts === undefined) await this.refreshShown();
    const { facts, problem } = this.store.state;
    if (facts === undefined) throw new Error(problem ?? vscode.l10n.t('The host could not be probed.'));
    return facts;
  }

  /** Keeps the end of what a build prints, for the support bundle. A build that starts again forgets what was before. */
  recordOutput(directory: string, text: string | undefined): void {
    if (text === undefined) this.outputs.delete(directory);
    else this.outputs.set(directory, ((this.outputs.get(directory) ?? '') + text).slice(-OUTPUT_KEPT));
  }

  /** The end of what the last build of a directory printed. */
  outputOf(directory: string): string | undefined {
    return this.outputs.get(directory);
  }

  recordBuild(report: BuildReport): void {
    this.store.update({ builds: new Map(this.store.state.builds).set(report.directory, report) });
    this.built.fire(report);
  }

  recordNoBuild(directory: string): void {
    this.notBuilt.fire(directory);
  }

  private async diagnose(available: readonly string[] | undefined): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      this.store.update({
        probe: 'failed',
        problem: vscode.l10n.t(
          'This workspace is not trusted: pasted options and captures can be decoded, and nothing is run.',
        ),
      });
      return;
    }
    this.store.update({ probe: 'running' });
    this.stopping = new AbortController();
    const { headerDirectories, kernelRelease } = readSettings();
    const roots = (vscode.workspace.workspaceFolders ?? [])
      .map(({ uri }) => this.place.pathOf(uri))
      .filter((path) => path !== undefined);
    try {
      this.log.info(`probe of ${this.host.name}: one read-only sh script (extension/host/probe.sh)`);
      const { diagnose } = await import('../doctor/diagnose');
      const { facts, sources } = await diagnose(this.host, {
        roots,
        headerDirectories,
        wanted: kernelRelease,
        available,
        signal: this.stopping.signal,
      });
      this.log.info(`kernel ${facts.kernel.release}, ${facts.trees.length} trees, ${sources.length} module sources`);
      this.log.debug(JSON.stringify(facts));
      this.store.update({ probe: 'done', problem: undefined, facts, sources });
    } catch (error) {
      const problem = reasonOf(error, translate);
      this.log.error(problem);
      this.store.update({ probe: 'failed', problem });
    }
  }

  /** Ends every command that still runs. */
  end(): Promise<void> {
    return this.host.dispose();
  }

  dispose(): void {
    this.built.dispose();
    this.notBuilt.dispose();
    this.store.dispose();
  }
}
