// How a webview looks in each kind of theme, and what axe finds there: rules for people who do not see, or who see little.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import type { Editor } from './editor';

const require = createRequire(import.meta.url);

/** One of VS Code's own themes of each kind that a webview is told; the first is the one that an editor begins with. */
const THEMES = [
  { kind: 'light', id: 'Light 2026', label: 'Light 2026' },
  { kind: 'dark', id: 'Dark 2026', label: 'Dark 2026' },
  { kind: 'high-contrast', id: 'Default High Contrast', label: 'Dark High Contrast' },
  { kind: 'high-contrast-light', id: 'Default High Contrast Light', label: 'Light High Contrast' },
] as const;

/** What axe gives for a rule that is broken. */
interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Shows a webview in each kind of theme, with a picture of each, and rejects with what axe finds wrong in it. The theme is then the first again. */
export async function checkLooks(editor: Editor, name: string, frame: Frame): Promise<void> {
  const problems: string[] = [];
  const [first, ...others] = THEMES;
  for (const { kind, id, label } of [first, ...others]) {
    if (id !== first.id) await choose(editor, frame, { id, label });
    await editor.screenshot(`${name}-${kind}`);
    problems.push(...(await violationsIn(editor, frame)).map((text) => `${label}: ${text}`));
  }
  await choose(editor, frame, first);
  if (problems.length > 0) throw new Error(`${name} is not accessible:\n${problems.join('\n')}`);
}

async function choose(editor: Editor, frame: Frame, { id, label }: Pick<(typeof THEMES)[number], 'id' | 'label'>) {
  await editor.runCommand('Preferences: Color Theme');
  await editor.page.locator('.quick-input-widget:visible input[placeholder*="Color Theme"]').waitFor();
  await editor.page.keyboard.type(label);
  await editor.page.keyboard.press('Enter');
  await frame.locator(`body[data-vscode-theme-id="${id}"]`).waitFor({ timeout: 30_000 });
}

/** A page without a script allows none, not even ours: a copy of it is looked at, with the theme's colours that VS Code has written into it. */
async function violationsIn({ page }: Editor, frame: Frame): Promise<readonly string[]> {
  if ((await frame.locator('script').count()) > 0) return violations(frame);
  const copy = await page.context().browser()?.newPage();
  if (copy === undefined) throw new Error('The browser is gone');
  try {
    await copy.setContent(await frame.content());
    return await violations(copy.mainFrame());
  } finally {
    await copy.close();
  }
}

async function violations(frame: Frame): Promise<readonly string[]> {
  // As a text: the page's policy lets no script in but its own.
  await frame.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  // A webview is transparent; axe would take white for what lies behind.
  await frame.evaluate(
    `document.body.style.backgroundColor = getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background')`,
  );
  const found = await frame.evaluate<readonly Violation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return found.map(({ id, help, nodes }) => {
    const places = nodes
      .slice(0, 5)
      .map(({ html, failureSummary = '' }) => `\n    ${html.slice(0, 200)} ${failureSummary}`);
    return `${id}: ${help}${places.join('')}`;
  });
}
