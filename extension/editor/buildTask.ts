import * as vscode from 'vscode';
import { reasonOf } from '../core/messageError';
import { build, type BuildReport } from '../doctor/build';
import { shellText } from '../core/shellText';
import type { Session } from './session';
import { readSettings } from './settings';
import { translate } from './translate';

interface ToaTaskDefinition extends vscode.TaskDefinition {
  readonly directory?: string;
  readonly kernelRelease?: string;
}

/** What a build task works on. */
export interface BuildOrder {
  readonly directory: string;
  readonly wanted: string | undefined;
}

/** A `toa` task for each module source of the workspace. */
export async function provideBuildTasks(session: Session): Promise<vscode.Task[]> {
  // VS Code asks even when the palette opens: nothing is shown for that, and no host is asked where no source can be.
  if (vscode.workspace.workspaceFolders === undefined) return [];
  if (session.store.state.facts === undefined) await session.refresh();
  const wanted = readSettings().kernelRelease;
  return session.store.state.sources.map(({ directory }) => buildTask(session, { directory, wanted }));
}

/** The task that an entry of tasks.json stands for; `undefined` where no folder is open to build in. */
export function resolveBuildTask(session: Session, { definition, scope }: vscode.Task): vscode.Task | undefined {
  const { directory: given, kernelRelease }: ToaTaskDefinition = definition;
  const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
  const directory = given ?? (folder && session.place.pathOf(folder.uri));
  if (directory === undefined) return undefined;
  return buildTask(session, { directory, wanted: kernelRelease ?? readSettings().kernelRelease }, { definition });
}

export interface BuildTaskOptions {
  /** The one of tasks.json where there is one: VS Code matches tasks by it. */
  readonly definition?: vscode.TaskDefinition;
}

/** A task that builds one module. */
export function buildTask(session: Session, order: BuildOrder, options: BuildTaskOptions = {}): vscode.Task {
  const { directory, wanted } = order;
  const own = { type: 'toa', directory, ...(wanted === undefined ? {} : { kernelRelease: wanted }) };
  const terminal = (): vscode.Pseudoterminal => new BuildTerminal(session, order);
  const execution = new vscode.CustomExecution(() => Promise.resolve(terminal()));
  const name =
    wanted === undefined
      ? vscode.l10n.t('build {directory}', { directory })
      : vscode.l10n.t('build {directory} for {wanted}', { directory, wanted });
  const task = new vscode.Task(
    options.definition ?? own,
    vscode.TaskScope.Workspace,
    name,
    'TOA',
    execution,
    // VS Code's matchers name files of this machine.
    session.place.isFar ? [] : '$toa-kbuild',
  );
  task.group = vscode.TaskGroup.Build;
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    clear: true,
    panel: vscode.TaskPanelKind.Dedicated,
  };
  return task;
}

const CTRL_C = '\x03';

/** Of a terminal that fails in less, milliseconds, VS Code says that it "failed to launch", which nothing did. */
const LAUNCHED = 600;

/** The terminal of one build: shows what runs, then make's own output, then what it means. Closing it cancels the build. */
class BuildTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly closed = new vscode.EventEmitter<number>();
  private readonly cancel = new AbortController();
  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;

  constructor(
    private readonly session: Session,
    private readonly order: BuildOrder,
  ) {}

  open(): void {
    const launched = new Promise((resolve) => setTimeout(resolve, LAUNCHED));
    void this.run().then(async (code) => {
      if (code !== 0) await launched;
      this.closed.fire(code);
    });
  }

  close(): void {
    this.cancel.abort();
  }

  handleInput(data: string): void {
    if (data.includes(CTRL_C)) this.cancel.abort();
  }

  /** Gives the exit status. Never rejects. */
  private async run(): Promise<number> {
    try {
      const report = await this.build();
      this.session.log.info(`build of ${report.directory}: ${report.outcome}`);
      this.session.recordBuild(report);
      this.line(translate(report.summary));
      return report.outcome === 'built' ? 0 : 1;
    } catch (error) {
      const text = reasonOf(error, translate);
      this.session.log.error(text);
      this.line(text);
      this.session.recordNoBuild(this.order.directory);
      return 1;
    }
  }

  private async build(): Promise<BuildReport> {
    return build(this.session.host, {
      ...this.order,
      facts: await this.session.ready(),
      timeout: readSettings().buildTimeout,
      signal: this.cancel.signal,
      onStart: ({ argv, directory, description }) => {
        this.session.recordOutput(directory, undefined);
        this.session.log.info(`${directory}$ ${shellText(argv)}`);
        this.line(`${directory}$ ${shellText(argv)}`);
        this.line(`(${translate(description)})`);
      },
      onAsk: (command) => {
        this.session.log.info(`asked to decide: ${command}`);
        this.line(`# ${command}`);
      },
      onOutput: (text) => {
        this.session.recordOutput(this.order.directory, text);
        this.written.fire(text.replace(/\r?\n/g, '\r\n'));
      },
    });
  }

  private line(text: string): void {
    this.written.fire(`${text}\r\n`);
  }
}
