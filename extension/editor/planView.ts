import * as vscode from 'vscode';
import { reasonOf } from '../core/messageError';
import { planPage } from '../webview/plan/page';
import { isPlanRequest, type PlanRequest, type PlanState, type StepProgress } from '../webview/plan/protocol';
import { translatePlanStrings } from '../webview/plan/strings';
import { distOf, pageParts } from './pageParts';
import type { Session } from './session';
import { untilStopped } from './stoppable';
import { translate, translateText } from './translate';

/** What stands on the page before anything runs. */
export type PlanContent = Pick<PlanState, 'title' | 'subtitle' | 'notes' | 'steps' | 'choosable'> &
  Partial<Pick<PlanState, 'stays'>>;

/** What runs tells how it goes, and is stopped by the signal. */
export interface Watch {
  readonly signal: AbortSignal;
  /** The title of the step that runs now. */
  readonly onStep: (title: string) => void;
}

/** What the page's buttons do. */
export interface PlanActs {
  readonly run: (view: PlanView, steps: readonly string[], watch: Watch) => Promise<void>;
  readonly copyText: (steps: readonly string[]) => string;
  readonly script: (steps: readonly string[]) => string;
  readonly why: (step: string) => void;
  readonly inTerminal: (step: string) => Promise<void>;
}

/** The steps of an installation or of taking it back, in an editor of its own: read, chosen, run and watched there. Closing it stops what runs. */
export class PlanView {
  private readonly panel: vscode.WebviewPanel;
  private state: PlanState;
  private stopping = new AbortController();
  private isClosed = false;

  constructor(
    content: PlanContent,
    private readonly acts: PlanActs,
    private readonly session: Session,
    extensionUri: vscode.Uri,
  ) {
    this.state = { stays: [], ...content, progress: {}, running: false, summary: '', outcome: 'none' };
    this.panel = vscode.window.createWebviewPanel('toa.plan', content.title, vscode.ViewColumn.Active, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [distOf(extensionUri)],
      retainContextWhenHidden: true,
    });
    const { webview } = this.panel;
    webview.onDidReceiveMessage((received: unknown) => {
      if (isPlanRequest(received))
        void this.obey(received).catch((error: unknown) => {
          this.fail(error);
        });
    });
    this.panel.onDidDispose(() => {
      this.isClosed = true;
      this.stopping.abort();
    });
    webview.html = planPage({
      ...pageParts(webview, extensionUri, 'plan.js'),
      strings: translatePlanStrings(translateText),
      title: content.title,
      language: vscode.env.language,
    });
  }

  /** Changes what the page shows. */
  update(change: Partial<PlanState>): void {
    this.state = { ...this.state, ...change };
    void this.send();
  }

  /** How far one step is. */
  progress(step: string, progress: StepProgress): void {
    this.update({ progress: { ...this.state.progress, [step]: progress } });
  }

  private async obey(request: PlanRequest): Promise<void> {
    switch (request.type) {
      case 'ready':
        return this.send();
      case 'stop':
        this.stopping.abort();
        return;
      case 'log':
        this.session.log.show();
        return;
      case 'run':
        return this.run(request.steps);
      case 'copy':
        return vscode.env.clipboard.writeText(this.acts.copyText(request.steps));
      case 'script':
        return vscode.env.clipboard.writeText(this.acts.script(request.steps));
      case 'why':
        this.acts.why(request.step);
        return;
      case 'terminal':
        return this.acts.inTerminal(request.step);
    }
  }

  /** With progress in a notification too, where it can be stopped from whatever is in front. */
  private async run(steps: readonly string[]): Promise<void> {
    if (this.state.running) return;
    const stopping = new AbortController();
    this.stopping = stopping;
    const known = Object.entries(this.state.progress).filter(([step]) => !steps.includes(step));
    this.update({ running: true, progress: Object.fromEntries(known), summary: '', outcome: 'none' });
    try {
      await untilStopped(this.state.title, async (stopped, progress) => {
        const onStep = (message: string): void => {
          progress.report({ message });
          this.update({ summary: message });
        };
        await this.acts.run(this, steps, { signal: AbortSignal.any([stopping.signal, stopped]), onStep });
      });
    } finally {
      this.update({ running: false, progress: afterRun(this.state.progress) });
    }
  }

  private fail(error: unknown): void {
    const text = reasonOf(error, translate);
    this.session.log.error(text);
    this.update({ summary: text, outcome: 'bad' });
    if (this.isClosed) void vscode.window.showErrorMessage(text);
  }

  private async send(): Promise<void> {
    if (!this.isClosed) await this.panel.webview.postMessage(this.state);
  }
}

/** What was under way when the run ended was cut. */
function afterRun(progress: PlanState['progress']): PlanState['progress'] {
  const ended = Object.entries(progress).map(([step, one]): [string, StepProgress] => [
    step,
    one.phase === 'running' ? { phase: 'cancelled' } : one,
  ]);
  return Object.fromEntries(ended);
}
