import * as vscode from 'vscode';
import { hostNameProblem } from '../../core/remote/hostName';
import { lend } from '../../host/host';
import { configuredHosts } from '../../host/ssh/configuredHosts';
import { Questions } from '../../host/ssh/questions';
import { SshHost } from '../../host/ssh/sshHost';
import { hostIn } from '../place';
import { readSettings } from '../settings';
import { translate } from '../translate';
import { askUser } from './askUser';

const RECENT = 'hosts.recent';
const OPTIONS = 'hosts.options';
const KEPT = 20;

/** The hosts that this window works on by ssh, each with one connection, and what the user said about hosts before. */
export class RemoteHosts {
  private readonly questions: Questions;
  private readonly hosts = new Map<string, SshHost>();
  /**
   * Those and the ones with a connection apart, each until nothing is left of it: a window that closes in the middle of a check of many
   * leaves no ssh behind.
   */
  private readonly made = new Set<SshHost>();

  constructor(private readonly context: vscode.ExtensionContext) {
    const program = vscode.Uri.joinPath(context.extensionUri, 'dist/askpass.js').fsPath;
    this.questions = new Questions(program, askUser);
  }

  /** Nothing is connected yet. Throws for what is no name of a host. */
  get(name: string): SshHost {
    const problem = hostNameProblem(name);
    if (problem !== undefined) throw new Error(translate(problem));
    const known = this.hosts.get(name);
    if (known !== undefined) return known;
    const host = this.make(name);
    this.hosts.set(name, host);
    return host;
  }

  /** Lets a host go, unless a folder of this window lies there. */
  async letGo(name: string): Promise<void> {
    if (vscode.workspace.workspaceFolders?.some(({ uri }) => hostIn(uri) === name) === true) return;
    await this.drop(name);
  }

  /** Does `work` with a connection of its own, and lets it go; `more` are options as `ssh -o` takes them. */
  apart<Result>(name: string, more: readonly string[], work: (host: SshHost) => Promise<Result>): Promise<Result> {
    const host = this.make(name, more);
    return lend(host, work).finally(() => this.made.delete(host));
  }

  /** Nothing is connected yet. */
  private make(name: string, more: readonly string[] = []): SshHost {
    const { sshConfigFile: configFile } = readSettings();
    const options = [...more, ...this.optionsOf(name)];
    const host = new SshHost(name, { configFile, options, asker: this.questions });
    this.made.add(host);
    return host;
  }

  /** The next use connects anew. */
  private async drop(name: string): Promise<void> {
    const host = this.hosts.get(name);
    this.hosts.delete(name);
    if (host === undefined) return;
    await host.dispose();
    this.made.delete(host);
  }

  /** How a terminal reaches the host. */
  terminalArguments(name: string): readonly string[] {
    const { sshConfigFile } = readSettings();
    const options = this.optionsOf(name).flatMap((option) => ['-o', option]);
    return [...(sshConfigFile === undefined ? [] : ['-F', sshConfigFile]), ...options, '-t', '--', name];
  }

  /** Hosts that the user opened before, the last one first. */
  get recent(): readonly string[] {
    return this.context.globalState.get<readonly string[]>(RECENT, []);
  }

  /** Hosts that can be offered: those of before, and those of ssh's configuration. */
  async known(): Promise<readonly string[]> {
    const configured = await configuredHosts(readSettings().sshConfigFile);
    return [...new Set([...this.recent, ...configured])].filter((name) => hostNameProblem(name) === undefined);
  }

  /** Remembers that the user chose this host. */
  async remember(name: string): Promise<void> {
    const recent = [name, ...this.recent.filter((one) => one !== name)].slice(0, KEPT);
    await this.context.globalState.update(RECENT, recent);
  }

  /** Allows an ssh option for this host alone, from its next connection on. */
  async allow(name: string, option: string): Promise<void> {
    const all = this.context.globalState.get<Readonly<Record<string, readonly string[]>>>(OPTIONS, {});
    await this.context.globalState.update(OPTIONS, { ...all, [name]: [...this.optionsOf(name), option] });
    await this.drop(name);
  }

  private optionsOf(name: string): readonly string[] {
    const all = this.context.globalState.get<Readonly<Record<string, readonly string[]>>>(OPTIONS, {});
    return Object.hasOwn(all, name) ? (all[name] ?? []) : [];
  }

  /** Ends every connection, and what runs there. */
  async end(): Promise<void> {
    await Promise.all([...this.made].map((host) => host.dispose()));
    await this.questions.close();
  }
}
