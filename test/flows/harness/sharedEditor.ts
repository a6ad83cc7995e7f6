// Apart from editor.ts, which benchmarks use without a test runner.
import { afterAll } from 'vitest';
import { pictured, startEditor, type Editor, type EditorOptions } from './editor';

/**
 * One editor for all tests of a file, which differ in the workspace alone: what it gives does what `withEditor` does. The window stays while
 * tests name the same workspace, with all editors and notifications closed between them; after a test that failed it is a fresh one.
 */
export function sharedEditor(
  options: () => Promise<Omit<EditorOptions, 'workspace'>> = () => Promise.resolve({}),
): (name: string, workspace: string, body: (editor: Editor) => Promise<void>) => Promise<void> {
  let editor: Editor | undefined;
  let shown: string | undefined;
  afterAll(() => editor?.stop());
  return async (name, workspace, body) => {
    const there = editor;
    const here = there ?? (editor = await startEditor({ ...(await options()), workspace }));
    if (there !== undefined) await (shown === workspace ? tidy(there) : there.open(workspace));
    shown = undefined;
    await pictured(here, name, () => body(here));
    shown = workspace;
  };
}

async function tidy(editor: Editor): Promise<void> {
  await editor.runCommand('View: Close All Editors');
  await editor.runCommand('Notifications: Clear All Notifications');
}
