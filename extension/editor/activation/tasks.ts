import * as vscode from 'vscode';
import type { OpenWorkshop } from '../workshop';

/** The tasks of type `toa`: one for each module source of the workspace, and those in tasks.json. */
export function registerBuildTasks(open: OpenWorkshop): vscode.Disposable {
  return vscode.tasks.registerTaskProvider('toa', {
    provideTasks: async () => (await import('../buildTask')).provideBuildTasks((await open()).session),
    resolveTask: async (task) => (await import('../buildTask')).resolveBuildTask((await open()).session, task),
  });
}
