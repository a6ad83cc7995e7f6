import type { Editor } from './editor';

export interface MainJob {
  /** The kernel that runs, whose headers are not there. */
  readonly running: string;
  /** The nearest one whose headers are. */
  readonly headers: string;
  /** What has to be answered when the first build starts. */
  readonly whileBuilding?: () => Promise<void>;
  /** Pictures for the README. */
  readonly pictures?: true;
}

/**
 * The main job in an open workspace with test/editor/workspace's module, the same steps wherever it lies: build, see at which characters
 * of the Makefile it goes wrong, take the fix, save, build, and be told that the module is built.
 */
export async function mainJob(editor: Editor, job: MainJob): Promise<void> {
  const { running, headers, pictures } = job;
  const take = async (name: string): Promise<unknown> => (pictures === true ? editor.screenshot(name) : undefined);
  await editor.openFromExplorer('Makefile');
  await editor.runCommand('TOA: Build Module');
  await job.whileBuilding?.();
  // What is wrong differs from host to host: no headers for it, or a link to nowhere. Each names the kernel.
  await editor.notification(running);
  const problem = await (await editor.problem(running)).innerText();
  if (!problem.includes('[Ln 4, Col 23]')) throw new Error(`The problem is shown elsewhere: ${problem}`);
  await take('problem');
  await editor.quickFix(
    running,
    `Build for ${headers}, whose headers are here`,
    ...(pictures === true ? ['quick-fix'] : []),
  );
  await editor.saveFile();
  if (pictures === true) await editor.runCommand('Notifications: Clear All Notifications');
  await editor.runCommand('TOA: Build Module');
  await editor.notification(`demo.ko is built for ${headers}`);
  await take('built');
}
