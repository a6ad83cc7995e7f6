// Starts VS Code with the packaged extension and opens a module's Makefile, again and again, and asks it how long the extensions took.
import { pictured, startEditor } from '../../flows/harness/editor';
import { moduleWorkspace } from '../../headers/workspace';
import type { EditorVersion } from '../../tools/editorHost';
import { extensionId } from '../../tools/project';
import { activationsIn, totalOf, type Activation } from './startupPerformance';

const GIT = 'vscode.git';
/** What one start told, by the extensions' names. */
type Start = ReadonlyMap<string, Activation>;

/** The fastest start of each, in milliseconds: whatever else runs on the machine only adds. */
export interface Best {
  readonly ours: number;
  readonly git: number;
}

/** Starts the editor until `isEnough`, at most `most` times, each with a new extension host. */
export async function measureStarts(
  version: EditorVersion,
  most: number,
  isEnough: (best: Best, last: Start) => boolean,
): Promise<Best> {
  const workspace = moduleWorkspace();
  const editor = await startEditor({ version, workspace: workspace.path });
  try {
    return await pictured(editor, `activation-${version}`, async () => {
      let best: Best = { ours: Infinity, git: Infinity };
      for (let start = 0; start < most; start += 1) {
        if (start > 0) await editor.open(workspace.path);
        await editor.openFile('Makefile');
        const last = await activationsIn(editor, [GIT, extensionId()]);
        const faster = (known: number, id: string): number => Math.min(known, totalOf(last.get(id)));
        best = { ours: faster(best.ours, extensionId()), git: faster(best.git, GIT) };
        if (isEnough(best, last)) break;
      }
      return best;
    });
  } finally {
    await editor.stop();
    workspace.remove();
  }
}
