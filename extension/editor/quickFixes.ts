import * as vscode from 'vscode';
import type { Remedy } from '../core/explain/finding';
import { examine, findingsOf } from '../core/explain/examine';
import type { Facts } from '../core/facts';
import { listCandidates, type Candidate } from '../core/kernel/candidates';
import { makeOverridable, retarget } from '../core/makefile/edits';
import type { Makefile } from '../core/makefile/syntax';
import type { TextEdit } from '../core/text';
import { isOurs } from './diagnostic';
import { MAKEFILE_SELECTOR, type Makefiles } from './makefiles';
import { pathIn } from './place';
import { workspaceEdit } from './positions';
import type { OfferedRemedy } from './remedies';
import type { Session } from './session';
import { readSettings } from './settings';
import { translate } from './translate';

/** How many kernels are offered by name; the rest is behind "Choose Kernel to Build For…". */
const OFFERED_KERNELS = 3;

/** The quick fixes of a Makefile that takes the wrong kernel: name another, make it a variable, or install what is missing. */
export function registerQuickFixes(session: Session, makefiles: Makefiles): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, { diagnostics }) {
      const { facts } = session.store.state;
      if (facts === undefined) return [];
      const reading = makefiles.read(document, facts);
      if (reading === undefined) return [];
      const at = document.offsetAt(range.start);
      const isOnSite = reading.trees.some((tree) =>
        [tree, ...tree.sites].some(({ span }) => span.start <= at && at <= span.end),
      );
      const ours = diagnostics.filter(isOurs);
      if (!isOnSite && ours.length === 0) return [];
      const findings = findingsOf(examine(reading, facts, readSettings().kernelRelease));
      const remedies = findings.flatMap((finding) => finding.remedies);
      return [
        ...retargetActions(document, reading.makefile, facts),
        ...overridableAction(document, reading.makefile),
        ...commandActions(remedies, pathIn(vscode.Uri.joinPath(document.uri, '..'))),
      ].map((action) => {
        action.diagnostics = ours;
        return action;
      });
    },
  };
  return vscode.languages.registerCodeActionsProvider(MAKEFILE_SELECTOR, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function retargetActions(
  document: vscode.TextDocument,
  makefile: Makefile,
  facts: Facts,
): readonly vscode.CodeAction[] {
  return listCandidates(facts)
    .filter(({ usable }) => usable)
    .slice(0, OFFERED_KERNELS)
    .flatMap((candidate, index) => {
      const action = retargetAction(document, makefile, candidate);
      if (action === undefined) return [];
      action.isPreferred = index === 0;
      return [action];
    });
}

function retargetAction(
  document: vscode.TextDocument,
  makefile: Makefile,
  { release, tree, viaBuildLink }: Candidate,
): vscode.CodeAction | undefined {
  if (release === undefined || tree === undefined) return undefined;
  const edits = retarget(makefile, { release, treePath: tree.path, viaBuildLink });
  return editAction(document, vscode.l10n.t('Build for {release}, whose headers are here', { release }), edits);
}

function overridableAction(document: vscode.TextDocument, makefile: Makefile): readonly vscode.CodeAction[] {
  const title = vscode.l10n.t('Make the kernel a variable: KVER ?= $(shell uname -r)');
  const action = editAction(document, title, makeOverridable(makefile));
  return action === undefined ? [] : [action];
}

function editAction(
  document: vscode.TextDocument,
  title: string,
  edits: readonly TextEdit[],
): vscode.CodeAction | undefined {
  if (edits.length === 0) return undefined;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = workspaceEdit(document, edits);
  return action;
}

/** Commands are offered, and shown before they run. */
function commandActions(remedies: readonly Remedy[], source: string): readonly vscode.CodeAction[] {
  return remedies
    .filter(({ kind }) => kind === 'command' || kind === 'link')
    .map((remedy) => {
      const action = new vscode.CodeAction(translate(remedy.title), vscode.CodeActionKind.QuickFix);
      action.command = {
        title: action.title,
        command: 'toa.applyRemedy',
        arguments: [{ remedy, source } satisfies OfferedRemedy],
      };
      return action;
    });
}
