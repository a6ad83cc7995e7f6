import * as vscode from 'vscode';
import { findObjects } from '../core/makefile/kbuild';
import { parseMakefile } from '../core/makefile/parse';
import { LONGEST_EXAMINED, MAKEFILE_SELECTOR } from './makefiles';
import { pathIn } from './place';
import { rangeOf } from './positions';

/** Above each line that lists a module's objects: build it, or diagnose what keeps it from being built. */
export function registerModuleLens(): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(MAKEFILE_SELECTOR, {
    provideCodeLenses(document) {
      const text = document.getText();
      const objects = text.length > LONGEST_EXAMINED ? [] : findObjects(parseMakefile(text));
      const lines = new Map(
        objects.map(({ span }) => rangeOf(document, span)).map((range) => [range.start.line, range]),
      );
      const directory = pathIn(vscode.Uri.joinPath(document.uri, '..'));
      return [...lines.values()].flatMap((range) => [
        new vscode.CodeLens(range, { title: vscode.l10n.t('Build'), command: 'toa.build', arguments: [directory] }),
        new vscode.CodeLens(range, {
          title: vscode.l10n.t('Build for Kernel…'),
          command: 'toa.buildFor',
          arguments: [directory],
        }),
        new vscode.CodeLens(range, { title: vscode.l10n.t('Diagnose'), command: 'toa.diagnose' }),
      ]);
    },
  });
}
