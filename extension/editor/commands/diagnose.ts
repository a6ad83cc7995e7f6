import * as vscode from 'vscode';
import type { Session } from '../session';

/** "TOA: Diagnose": looks at the host and the workspace again and shows the tree. */
export async function diagnoseWorkspace(session: Session): Promise<void> {
  await session.refreshShown({ anew: true });
  await vscode.commands.executeCommand('toa.doctor.focus');
  const { problem } = session.store.state;
  if (problem !== undefined) void vscode.window.showErrorMessage(problem);
}
