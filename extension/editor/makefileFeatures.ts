import * as vscode from 'vscode';
import { registerDkmsConf } from './dkmsConf';
import { registerMakefileHover } from './makefileHover';
import { registerModuleLens } from './moduleLens';
import { Makefiles } from './makefiles';
import { Problems } from './problems';
import { registerQuickFixes } from './quickFixes';
import { registerRepairFixes } from './repairFixes';
import type { Session } from './session';
import { registerTerminalLinks } from './terminalLinks';

/** All that is shown in a module's Makefile and source, and in the output of their build. */
export function registerMakefileFeatures(session: Session): vscode.Disposable {
  const makefiles = new Makefiles();
  return vscode.Disposable.from(
    new Problems(session, makefiles),
    registerMakefileHover(session, makefiles),
    registerQuickFixes(session, makefiles),
    registerRepairFixes(session),
    registerTerminalLinks(session),
    registerModuleLens(),
    registerDkmsConf(),
  );
}
