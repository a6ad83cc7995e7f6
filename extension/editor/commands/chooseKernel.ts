import * as vscode from 'vscode';
import { listCandidates, type Candidate } from '../../core/kernel/candidates';
import type { Fit } from '../../core/kernel/fit';
import type { Session } from '../session';
import { pinKernel, readSettings } from '../settings';
import { translate } from '../translate';

interface KernelItem extends vscode.QuickPickItem {
  readonly candidate: Candidate | undefined;
}

/** Asks for a kernel; every one on the host is in the list, with why it is usable or not. `undefined` when nothing usable was picked. */
export async function pickKernel(session: Session, extra: readonly KernelItem[] = []): Promise<KernelItem | undefined> {
  const facts = await session.ready();
  const items = [...extra, ...listCandidates(facts).map(kernelItem)];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Build for which kernel?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.candidate !== undefined && !picked.candidate.usable) {
    const [problem] = picked.candidate.problems;
    if (problem !== undefined) void vscode.window.showWarningMessage(translate(problem));
    return undefined;
  }
  return picked;
}

function kernelItem(candidate: Candidate): KernelItem {
  const { release, tree, usable, isRunning, problems, warnings, fit } = candidate;
  const [problem] = usable ? warnings : problems;
  return {
    label: `$(${usable ? (warnings.length === 0 ? 'check' : 'warning') : 'circle-slash'}) ${release ?? '?'}`,
    description: [isRunning ? vscode.l10n.t('running') : undefined, tree?.path]
      .filter((part) => part !== undefined)
      .join(', '),
    detail: problem !== undefined ? translate(problem) : fit === undefined ? '' : loads(fit),
    candidate,
  };
}

/** In the one line that a list has room for; the label names the kernel already. */
function loads({ verdict }: Fit): string {
  switch (verdict) {
    case 'loads':
      return vscode.l10n.t('Loads on the kernel that runs');
    case 'refused':
      return vscode.l10n.t('The kernel that runs refuses a module for it');
    case 'unsure':
      return vscode.l10n.t('May load on the kernel that runs: the versions of its symbols decide');
  }
}

/** "TOA: Choose Kernel to Build For…": pins a release, or leaves it to the Makefile again. */
export async function chooseKernel(session: Session): Promise<void> {
  const unpinned: KernelItem = {
    label: `$(file-code) ${vscode.l10n.t('Let the Makefile decide')}`,
    description: readSettings().kernelRelease === undefined ? vscode.l10n.t('as it is now') : '',
    candidate: undefined,
  };
  const picked = await pickKernel(session, [unpinned]);
  if (picked === undefined) return;
  await pinKernel(picked.candidate?.release);
  await session.refresh();
}
