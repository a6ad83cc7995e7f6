import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Facts } from '../core/facts';
import type { Finding } from '../core/explain/finding';
import { listCandidates, type Candidate } from '../core/kernel/candidates';
import type { SourceReport } from '../doctor/diagnose';
import { showFindingCommand } from './commands/showFinding';
import { findingsOfSource } from './findings';
import type { Place } from './place';
import type { Session } from './session';
import { modulesOf, type State } from './store';
import { translate } from './translate';

/** A row of the tree; its children are made when it is opened. */
export interface Row {
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon: string;
  readonly tooltip?: string;
  readonly command?: vscode.Command;
  readonly children?: () => readonly Row[];
}

/** The "TOA" tree: host, kernel, headers, build, module, each with what is true of it now. */
export class DoctorTree {
  constructor(private readonly session: Session) {}

  /** The rows below one; the first ones when none is given. */
  childrenOf(row: Row | undefined): readonly Row[] {
    const { store, place } = this.session;
    return row === undefined ? rootRows(store.state, place) : (row.children?.() ?? []);
  }

  itemOf(row: Row): vscode.TreeItem {
    return item(row);
  }
}

/** As the Problems and the Testing view colour theirs. */
const ICON_COLORS: Readonly<Record<string, string>> = {
  pass: 'testing.iconPassed',
  check: 'testing.iconPassed',
  error: 'problemsErrorIcon.foreground',
  warning: 'problemsWarningIcon.foreground',
  info: 'problemsInfoIcon.foreground',
};

function item(row: Row): vscode.TreeItem {
  const result = new vscode.TreeItem(
    row.label,
    row.children === undefined ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Expanded,
  );
  const color = ICON_COLORS[row.icon];
  result.iconPath = new vscode.ThemeIcon(row.icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  result.tooltip = row.tooltip ?? `${row.label} ${row.description ?? ''}`.trim();
  if (row.description !== undefined) result.description = row.description;
  if (row.command !== undefined) result.command = row.command;
  return result;
}

function rootRows(state: State, place: Place): readonly Row[] {
  const { facts } = state;
  if (facts === undefined) return [];
  return [
    hostRow(facts),
    kernelRow(facts),
    headersRow(facts),
    ...state.sources.map((source) => sourceRow(source, state, place)),
    moduleRow(facts),
  ];
}

function hostRow({ distribution, environment, security }: Facts): Row {
  const notes = [
    environment.container === undefined
      ? undefined
      : vscode.l10n.t('container: {container}', { container: environment.container }),
    environment.wsl ? 'WSL' : undefined,
    security.secureBoot === true ? vscode.l10n.t('Secure Boot') : undefined,
    security.lockdown === undefined || security.lockdown === 'none'
      ? undefined
      : vscode.l10n.t('lockdown: {mode}', { mode: security.lockdown }),
  ].filter((note) => note !== undefined);
  return {
    label: vscode.l10n.t('Host'),
    description: [distribution.name ?? distribution.id ?? vscode.l10n.t('unknown distribution'), ...notes].join(', '),
    icon: 'server',
  };
}

function kernelRow({ kernel, tools }: Facts): Row {
  const compiler = tools.gcc === undefined ? vscode.l10n.t('gcc is not installed') : `gcc ${tools.gcc}`;
  return {
    label: vscode.l10n.t('Kernel'),
    description: `${kernel.release} ${kernel.machine}, ${compiler}`,
    icon: 'circuit-board',
  };
}

function headersRow(facts: Facts): Row {
  const candidates = listCandidates(facts);
  const usable = candidates.filter((candidate) => candidate.usable);
  return {
    label: vscode.l10n.t('Headers'),
    description: vscode.l10n.t('{count} usable', { count: usable.length }),
    icon: usable.some(({ isRunning }) => isRunning) ? 'pass' : 'warning',
    children: () => candidates.map(candidateRow),
  };
}

function candidateRow(candidate: Candidate): Row {
  const [problem] = [...candidate.problems, ...candidate.warnings];
  return {
    label: candidate.release ?? candidate.tree?.path ?? '?',
    description: candidate.isRunning ? vscode.l10n.t('running') : undefined,
    icon: candidate.usable ? (candidate.warnings.length === 0 ? 'check' : 'warning') : 'circle-slash',
    tooltip: problem === undefined ? (candidate.tree?.path ?? '') : translate(problem),
  };
}

function sourceRow(source: SourceReport, state: State, place: Place): Row {
  const build = state.builds.get(source.directory);
  const findings = findingsOfSource(source, state);
  const relative = vscode.workspace.asRelativePath(place.uriOf(source.directory), false);
  const folder = relative === source.directory ? path.basename(source.directory) : relative;
  // What failed is said by the findings below, if there are any.
  const outcome = build === undefined || findings.length > 0 ? undefined : translate(build.summary);
  return {
    label: vscode.l10n.t('Build'),
    description:
      outcome ??
      (source.problem === undefined
        ? vscode.l10n.t('{folder}, for {release}', { folder, release: source.meant ?? '?' })
        : translate(source.problem)),
    icon: build?.outcome === 'built' ? 'pass' : findings.length > 0 || source.problem !== undefined ? 'error' : 'tools',
    ...(source.file === undefined ? {} : { command: openFile(source.file, place) }),
    children: () => [...findings.map((finding) => findingRow(finding, source.directory)), ...builtRows(source, state)],
  };
}

function findingRow(finding: Finding, directory: string): Row {
  return {
    label: translate(finding.title),
    icon: finding.severity === 'information' ? 'info' : finding.severity,
    tooltip: translate(finding.explanation),
    command: showFindingCommand(finding, directory),
  };
}

function builtRows(source: SourceReport, state: State): readonly Row[] {
  return modulesOf(source, state).map(({ name, info, fit }) => ({
    label: name,
    description: info.kind === 'module' ? info.vermagic : translate(info.reason),
    icon: fit?.verdict === 'loads' ? 'pass' : 'warning',
    ...(fit === undefined ? {} : { tooltip: translate(fit.reason) }),
  }));
}

function moduleRow({ toa }: Facts): Row {
  return {
    label: vscode.l10n.t('Module'),
    description: toa.loaded
      ? vscode.l10n.t('toa is loaded {version}', { version: toa.version ?? '' })
      : vscode.l10n.t('toa is not loaded'),
    icon: toa.loaded ? 'pass' : 'circle-outline',
  };
}

function openFile(file: string, place: Place): vscode.Command {
  return { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [place.uriOf(file)] };
}
