import * as vscode from 'vscode';
import type { User } from '../core/facts';
import type { Place } from './place';

/** A command as this user runs it where it needs root: sudo asks for a password in a terminal. */
export function asRoot(argv: readonly string[], user: User | undefined): readonly string[] {
  return user?.privilege === 'root' ? argv : ['sudo', ...argv];
}

/**
 * Runs a command on the workspace's host in a directory there if one is given, where the user sees it and can type a password: a task with an argument
 * list, so that no shell reads a value. Gives its exit status; `undefined` when it was ended or there is no command.
 */
export async function runInTerminal(
  place: Pick<Place, 'inTerminal'>,
  command: readonly string[],
  name: string,
  directory?: string,
): Promise<number | undefined> {
  const { argv, cwd } = place.inTerminal(command, directory);
  const [program, ...args] = argv;
  if (program === undefined) return undefined;
  const execution = new vscode.ProcessExecution(program, args, cwd === undefined ? {} : { cwd });
  const task = new vscode.Task({ type: 'toa-remedy', program }, vscode.TaskScope.Workspace, name, 'TOA', execution);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: true };
  const running = await vscode.tasks.executeTask(task);
  return new Promise((resolve) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ execution: ended, exitCode }) => {
      if (ended !== running) return;
      listener.dispose();
      resolve(exitCode);
    });
  });
}
