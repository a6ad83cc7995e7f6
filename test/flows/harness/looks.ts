// How a webview looks in each kind of theme, and what axe finds there: rules for people who do not see, or who see little.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import { viewport } from '../../editor/launcher/browser';
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

/**
 * Shows a webview in each kind of theme, with a picture of each, and at 200 %; rejects with what axe finds wrong in it, and when it has to be scrolled
 * sideways. The theme is then the first again.
 */
export async function checkLooks(editor: Editor, name: string, frame: Frame): Promise<void> {
  const problems: string[] = [];
  const [first, ...others] = THEMES;
  for (const theme of [first, ...others]) {
    if (theme !== first) await choose(editor, frame, theme);
    await editor.screenshot(`${name}-${theme.kind}`);
    const found = await inspect(editor, frame, violations);
    problems.push(...found.map((text) => `${theme.label}: ${text}`));
  }
  await choose(editor, frame, first);
  const hidden = await atTwice(editor, name, frame);
  if (hidden > 0) problems.push(`200 %: ${String(hidden)} pixels lie outside`);
  if (problems.length > 0) throw new Error(`${name} is not accessible:\n${problems.join('\n')}`);
}

/** How many pixels lie outside to the right when everything is twice as large. */
async function atTwice(editor: Editor, name: string, frame: Frame): Promise<number> {
  const { page } = editor;
  await page.setViewportSize({ width: viewport.width / 2, height: viewport.height / 2 });
  await editor.screenshot(`${name}-200`);
  const hidden = await inspect(editor, frame, (one) =>
    one.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  );
  await page.setViewportSize(viewport);
  return hidden;
}

async function choose(editor: Editor, frame: Frame, { id, label }: Pick<(typeof THEMES)[number], 'id' | 'label'>) {
  await editor.runCommand('Preferences: Color Theme');
  await editor.page.locator('.quick-input-widget:visible input[placeholder*="Color Theme"]').waitFor();
  await editor.page.keyboard.insertText(label);
  await editor.page.keyboard.press('Enter');
  await frame.locator(`body[data-vscode-theme-id="${id}"]`).waitFor({ timeout: 30_000 });
}

/** A page without a script allows none, not even ours: a copy of it is looked at, with the theme's colours that VS Code has written into it. */
async function inspect<T>({ page }: Editor, frame: Frame, look: (frame: Frame) => Promise<T>): Promise<T> {
  if ((await frame.locator('script').count()) > 0) return look(frame);
  const copy = await page.context().browser()?.newPage({ viewport: page.viewportSize() });
  if (copy === undefined) throw new Error('The browser is gone');
  try {
    await copy.setContent(await frame.content());
    return await look(copy.mainFrame());
  } finally {
    await copy.close();
  }
}

async function violations(frame: Frame): Promise<readonly string[]> {
  // As a text: the page's policy lets no script in but its own.
  await frame.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  // A webview is transparent; axe would take white for what lies behind.
  await frame.evaluate(`document.body.style.backgroundColor = 'var(--vscode-editor-background)'`);
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
