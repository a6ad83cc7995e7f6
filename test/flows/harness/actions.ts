// What a person does in the editor, by keyboard and mouse; each waits until its effect is to be seen.
import type { Frame, Locator, Page } from 'playwright-core';

export interface Actions {
  /** Runs a command of the palette, by its full title: `TOA: Build Module`. */
  runCommand(title: string): Promise<void>;
  /** Opens a file of the workspace by its name (Ctrl+P), and waits for its tab. */
  openFile(name: string): Promise<void>;
  /** Opens a file at the top of the workspace from the explorer; Ctrl+P finds none that only an extension provides. */
  openFromExplorer(name: string): Promise<void>;
  /** Types into the input box that shows this text, and confirms. */
  answer(prompt: string, text: string): Promise<void>;
  /** Chooses a folder or a file in the file dialog with this title. */
  chooseFolder(title: string, path: string): Promise<void>;
  /** Presses a button of the modal dialog with this text. */
  press(dialog: string, button: string): Promise<void>;
  /** Waits until the open file has changes, saves it and waits until it is saved. */
  saveFile(): Promise<void>;
  /** Chooses the entry with this text in the list that a command opened. */
  pick(text: string): Promise<void>;
  /** Shows the Problems panel; gives the text of each problem. */
  problems(): Promise<readonly string[]>;
  /** Shows the Problems panel and waits for a problem with this text. */
  problem(text: string): Promise<Locator>;
  /** Goes to the problem with this text and applies the quick fix with this label; `picture` names one of the open list. */
  quickFix(problem: string, label: string, picture?: string): Promise<void>;
  /** The notification with this text, when it has appeared. */
  notification(text: string): Promise<Locator>;
  /** Waits until no notification tells of work under way. */
  quiet(): Promise<void>;
  /** The status bar item with this text, when it has appeared. */
  statusItem(text: string): Promise<Locator>;
  /** All of the text that the editor in front shows, also of one that nobody can type into. */
  activeText(): Promise<string>;
  /** What is on the clipboard, as soon as it is something else than `before`. */
  clipboard(before?: string): Promise<string>;
  /** The inner frame of a webview in which the selector matches, when it has appeared. */
  findWebviewFrame(selector: string): Promise<Frame>;
}

const PATIENCE = 30_000;

export function actions(page: Page, screenshot: (name: string) => Promise<string>): Actions {
  const shown = async (locator: Locator): Promise<Locator> => {
    await locator.first().waitFor({ timeout: PATIENCE });
    return locator.first();
  };
  const quickInput = '.quick-input-widget:visible';
  const input = page.locator(`${quickInput} input.input`).first();
  /**
   * Writes into the open quick input, and tells whether it could. The text comes at once: at each key the palette looks through a thousand
   * commands, which is a second of work for a title. It goes to the input itself, which may not have the focus yet.
   */
  const write = async (text: string): Promise<boolean> =>
    (await waited(input, 5000)) &&
    input.fill(text, { timeout: 2000 }).then(
      () => true,
      () => false,
    );
  // The commands of an extension come into the palette a moment after the explorer has its files. The best match need not be the first.
  const runCommand = async (title: string): Promise<void> => {
    const end = Date.now() + 2 * PATIENCE;
    const entry = page.locator(`${quickInput} .monaco-list-row`, { hasText: title }).first();
    for (;;) {
      await page.keyboard.press('F1');
      // A webview that is just being loaded hands no key on. What begins just then may take the focus, and close the palette.
      if ((await write(`>${title}`)) && (await waited(entry, 3000)) && (await clicked(entry))) return;
      if (Date.now() > end) throw new Error(`The palette has no command "${title}"`);
      await page.keyboard.press('Escape');
    }
  };
  const row = (text?: string): Locator =>
    page.locator('.markers-panel .monaco-list-row[aria-level="2"]', text === undefined ? {} : { hasText: text });
  const problem = async (text: string): Promise<Locator> => {
    await runCommand('Problems: Focus on Problems View');
    return shown(row(text));
  };

  return {
    runCommand,
    async openFile(name) {
      const tab = page.locator('.tab.active', { hasText: name }).first();
      const entry = page.locator(`${quickInput} .monaco-list-row.focused`, { hasText: name }).first();
      const end = Date.now() + 2 * PATIENCE;
      for (;;) {
        await page.keyboard.press('Control+P');
        if ((await write(name)) && (await waited(entry, 5000))) {
          await page.keyboard.press('Enter');
          // A list that is just being made anew may close without taking the entry.
          if (await waited(tab, 5000)) return;
        }
        if (Date.now() > end) throw new Error(`${name} cannot be opened`);
        await page.keyboard.press('Escape');
      }
    },
    async openFromExplorer(name) {
      await (
        await shown(page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: true }))
      ).dblclick();
      await shown(page.locator('.tab.active', { hasText: name }));
    },
    async answer(prompt, text) {
      const box = await shown(page.locator(quickInput, { hasText: prompt }));
      await box.locator('input.input').fill(text);
      await page.keyboard.press('Enter');
    },
    async chooseFolder(title, path) {
      const box = await shown(page.locator(quickInput, { hasText: title }));
      const input = box.locator('input.input');
      // While it reads a folder it takes no answer, and then it may put that folder in the place of what was typed.
      const end = Date.now() + PATIENCE;
      while (await box.isVisible()) {
        if (Date.now() > end) throw new Error(`The dialog "${title}" does not take ${path}`);
        if ((await input.inputValue({ timeout: 2000 }).catch(() => path)) !== path)
          await input.fill(path, { timeout: 2000 }).catch(() => undefined);
        // Its own button, not Enter, which the next question could get.
        const taken = box.getByRole('button', { name: 'OK' }).click({ timeout: 2000 });
        await taken.then(() => box.waitFor({ state: 'hidden', timeout: 2000 })).catch(() => undefined);
      }
    },
    async press(dialog, button) {
      const box = await shown(page.locator('.monaco-dialog-box', { hasText: dialog }));
      await box.getByRole('button', { name: button }).click();
      await box.waitFor({ state: 'detached', timeout: PATIENCE });
    },
    async saveFile() {
      await shown(page.locator('.tab.active.dirty'));
      await page.keyboard.press('Control+S');
      await page.locator('.tab.active.dirty').waitFor({ state: 'detached', timeout: PATIENCE });
    },
    async pick(text) {
      await (await shown(page.locator(`${quickInput} .monaco-list-row`, { hasText: text }))).click();
    },
    async problems() {
      await runCommand('Problems: Focus on Problems View');
      await shown(page.locator('.markers-panel'));
      return row().allInnerTexts();
    },
    problem,
    async quickFix(text, label, picture) {
      // Further right is a link to the page of the cause.
      await (await problem(text)).dblclick({ position: { x: 80, y: 10 } });
      await shown(page.locator('.editor-instance .monaco-editor.focused'));
      const wanted = page.locator('.action-widget .monaco-list-row', { hasText: label }).first();
      // A list that was asked for too early, while the file was still opened, stays empty.
      const end = Date.now() + PATIENCE;
      for (;;) {
        await page.keyboard.press('Control+.');
        if (await waited(wanted, 5000)) break;
        if (Date.now() > end) throw new Error(`No quick fix "${label}" is offered for "${text}"`);
        await page.keyboard.press('Escape');
      }
      if (picture !== undefined) await screenshot(picture);
      await applyFix(page, wanted, label);
    },
    notification: (text) => shown(page.locator('.notification-toast', { hasText: text })),
    async quiet() {
      const working = page.locator('.notification-toast', { has: page.locator('.monaco-progress-container.active') });
      await working.first().waitFor({ state: 'detached', timeout: PATIENCE });
    },
    statusItem: (text) => shown(page.locator('.statusbar-item', { hasText: text })),
    clipboard: (before = '') => clipboard(page, before),
    async activeText() {
      const before = await clipboard(page, undefined);
      await (await shown(page.locator('.editor-group-container.active .editor-instance .monaco-editor'))).click();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Control+C');
      return clipboard(page, before);
    },
    findWebviewFrame: (selector) => findWebviewFrame(page, selector),
  };
}

/** The clipboard's text; without `before` as it is now. */
async function clipboard(page: Page, before: string | undefined): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const end = Date.now() + PATIENCE;
  for (;;) {
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    if (text !== before || Date.now() > end) return text;
    await page.waitForTimeout(100);
  }
}

async function waited(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

async function clicked(locator: Locator): Promise<boolean> {
  return locator.click({ timeout: 5000 }).then(
    () => true,
    () => false,
  );
}

/** By keyboard: in older versions a click on a quick fix does not land. */
async function applyFix(page: Page, wanted: Locator, label: string): Promise<void> {
  const rows = await page.locator('.action-widget .monaco-list-row').count();
  const focused = page.locator('.action-widget .monaco-list-row.focused', { hasText: label });
  for (let step = 0; step < rows && (await focused.count()) === 0; step++) await page.keyboard.press('ArrowDown');
  if ((await focused.count()) === 0) throw new Error(`The quick fix "${label}" is listed but cannot be chosen`);
  await page.keyboard.press('Enter');
  await wanted.waitFor({ state: 'detached', timeout: PATIENCE });
}

/** A webview is a frame in a frame; it is known by its content alone. */
async function findWebviewFrame(page: Page, selector: string): Promise<Frame> {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    for (const frame of page.frames()) {
      // A frame can go away while it is asked.
      const found = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (frame !== page.mainFrame() && found > 0) return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`No webview shows ${selector}`);
}
