// What VS Code itself says of the time that extensions take when they start: its editor "Developer: Startup Performance".
import type { Editor } from '../../flows/harness/editor';

/** Milliseconds from VS Code's table. */
export interface Activation {
  readonly loadCode: number;
  readonly callActivate: number;
  readonly finishActivate: number;
}

/** All of one extension's start; NaN when there is none. */
export const totalOf = (activation: Activation | undefined): number =>
  activation === undefined ? NaN : activation.loadCode + activation.callActivate + activation.finishActivate;

/** The activation of each of these extensions in this window, once all are in the table. */
export async function activationsIn(editor: Editor, ids: readonly string[]): Promise<ReadonlyMap<string, Activation>> {
  const end = Date.now() + 120_000;
  for (;;) {
    await editor.runCommand('Developer: Startup Performance');
    await editor.page.locator('.tab.active', { hasText: 'Startup Performance' }).waitFor();
    const found = readTable(await editor.activeText());
    if (ids.every((id) => found.has(id)))
      return new Map(
        ids.flatMap((id) => {
          const one = found.get(id);
          return one === undefined ? [] : [[id, one] as const];
        }),
      );
    if (Date.now() > end) throw new Error(`Not in the table of activations: ${ids.join(', ')}`);
    await editor.page.waitForTimeout(1000);
  }
}

/** Rows are `| id | eager | load code | call activate | finish activate | event | by |`. */
function readTable(text: string): ReadonlyMap<string, Activation> {
  const rows = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(
    rows.flatMap(([, id = '', , ...times]) => {
      const [loadCode = NaN, callActivate = NaN, finishActivate = NaN] = times.slice(0, 3).map(Number);
      const activation = { loadCode, callActivate, finishActivate };
      return Number.isNaN(totalOf(activation)) || !id.includes('.') ? [] : [[id, activation] as const];
    }),
  );
}
