import * as vscode from 'vscode';
import type { ResolvedTree } from '../core/makefile/resolve';
import { MAKEFILE_SELECTOR, type Makefiles } from './makefiles';
import { rangeOf } from './positions';
import type { Session } from './session';

/** Over the characters that decide the kernel: what they mean on this host, step by step, and whether it is there. */
export function registerMakefileHover(session: Session, makefiles: Makefiles): vscode.Disposable {
  return vscode.languages.registerHoverProvider(MAKEFILE_SELECTOR, {
    provideHover(document, position) {
      const { facts } = session.store.state;
      if (facts === undefined) return undefined;
      const offset = document.offsetAt(position);
      for (const tree of makefiles.read(document, facts)?.trees ?? []) {
        const place = [...tree.sites.map(({ span }) => span), tree.span].find(
          ({ start, end }) => start <= offset && offset <= end,
        );
        if (place === undefined) continue;
        const there = facts.trees.find(
          ({ path, release }) => path === tree.path || (release !== undefined && release === tree.release),
        );
        return new vscode.Hover(describe(tree, there?.release), rangeOf(document, place));
      }
      return undefined;
    },
  });
}

function describe({ how, path, release }: ResolvedTree, releaseThere: string | undefined): vscode.MarkdownString {
  // The chain is the Makefile's own text: as code block, so that nothing in it is taken for markup.
  const text = new vscode.MarkdownString().appendCodeblock(how.replaceAll(' → ', '\n→ '), 'makefile');
  if (path === undefined) {
    return text.appendMarkdown(vscode.l10n.t('What this means is only known when make runs.'));
  }
  const values = { release: escape(release ?? path) };
  return text.appendMarkdown(
    releaseThere === undefined
      ? vscode.l10n.t('No headers for {release} are on this host.', values)
      : vscode.l10n.t('Headers for {release} are on this host.', { release: escape(releaseThere) }),
  );
}

/** A release or path comes from a Makefile: it is shown as it is, not read as markup. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!<>|~-]/g, '\\$&');
}
