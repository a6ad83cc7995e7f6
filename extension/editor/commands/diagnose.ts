import * as vscode from 'vscode';
import type { Session } from '../session';

/** "TOA: Diagnose": shows the tree, and looks at the host and the workspace again. Later the focus may be elsewhere, and is not taken. */
export async function diagnoseWorkspace(session: Session): Promise<void> {
  await vscode.commands.executeCommand('toa.doctor.focus');
  await session.refreshShown({ anew: true });
  const { problem } = session.store.state;
  if (problem !== undefined) void vscode.window.showErrorMessage(problem);
}
