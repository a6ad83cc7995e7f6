// A person's editor: VS Code with the packaged extension installed, in a real browser. Unlike in the suites of test/editor
// there is no test driver in it, so everything shows that a person would see, notifications too.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, viewport, workbenchUrl } from '../../editor/launcher/browser';
import { installExtension, startServer, type Server } from '../../editor/launcher/server';
import { editorHost, type EditorHost, type EditorVersion } from '../../tools/editorHost';
import { root, vsix as packaged } from '../../tools/project';
import type { World } from '../../tools/world';
import type { TestHost } from '../../remote/hosts/server';
import { actions, type Actions } from './actions';
import { serveBySsh, showAsSshRemote } from './remoteSsh';

export interface EditorOptions {
  /** The newest when absent. */
  readonly version?: EditorVersion;
  /** The packaged extension; dist/toa-doctor.vsix when absent. */
  readonly vsix?: string;
  /** The folder to open: a path, or the URI of one that an extension provides; an empty window when it is `''`. */
  readonly workspace: string;
  /** Kernel headers that shall look installed. */
  readonly world?: World;
  /** The server runs on this host, as Remote-SSH runs it: reached through a tunnel of ssh, with `ssh-remote` as the window's remote name. */
  readonly by?: TestHost;
  /** The language of the window, like `zh-cn`; English when absent. VS Code's own texts stay English, for its language packs are not to be had here. */
  readonly language?: string;
  /** Settings beside those that all tests have. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Nothing is trusted until the user says so, and nobody asks. */
  readonly asksForTrust?: boolean;
  /** Added to the environment of the server. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Editor extends Actions {
  readonly page: Page;
  /** The editor's own logs and data. */
  readonly data: string;
  /** Shows another workspace in the same window, from a fresh start of the extension. */
  open(workspace: string): Promise<void>;
  /** Changes one of the user's settings, by their file; VS Code sees it a moment later. */
  set(setting: string, value: unknown): void;
  /** Writes a picture of the whole editor; gives its path, in test-results/ or in $TOA_DOCTOR_SCREENSHOTS. */
  screenshot(name: string): Promise<string>;
  /** Ends browser and server, and removes the profile. */
  stop(): Promise<void>;
}

/**
 * Does `body` in an editor of its own and ends that, whatever happens. When `body` rejects, test-results/NAME-failed.png
 * shows what was to be seen.
 */
export async function withEditor<T>(
  name: string,
  options: EditorOptions,
  body: (editor: Editor) => Promise<T>,
): Promise<T> {
  const editor = await startEditor(options);
  try {
    return await pictured(editor, name, () => body(editor));
  } finally {
    await editor.stop();
  }
}

/** Does `body`; when it rejects, test-results/NAME-failed.png shows what was to be seen. */
export async function pictured<T>(editor: Editor, name: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    await editor.screenshot(`${name}-failed`).catch(() => undefined);
    throw error;
  }
}

/** Installs the packaged extension into a fresh profile, opens the workspace and resolves when the explorer lists it. */
export async function startEditor({
  version = '1.139',
  vsix = packaged,
  workspace,
  world,
  by,
  language,
  settings = {},
  asksForTrust = false,
  env = {},
}: EditorOptions): Promise<Editor> {
  const host = await editorHost(version);
  const profile = mkdtempSync(join(tmpdir(), 'toa-doctor-flow-'));
  const directories = { data: join(profile, 'data'), extensions: join(profile, 'extensions') };
  let server: Server | undefined;
  let browser: Browser | undefined;
  const stop = async (): Promise<void> => {
    await Promise.allSettled([browser?.close(), server?.stop()]);
    rmSync(profile, { recursive: true, force: true });
  };
  try {
    const trust = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };
    writeSettings(directories.data, { ...settings, ...(asksForTrust ? trust : {}) });
    await installExtension(host, directories, vsix);
    server =
      by === undefined
        ? await startServer({ host, directories, world, asksForTrust, env })
        : await serveBySsh(by, { host, directories });
    browser = await openBrowser();
    const page = await browser.newPage({ viewport });
    if (by !== undefined) await showAsSshRemote(page, host, by.name);
    if (language !== undefined) await speak(page, host, language);
    const { authority } = server;
    const open = async (folder: string): Promise<void> => {
      await page.goto(workbenchUrl({ authority, folder: folder === '' ? undefined : folder }));
      const sign = folder === '' ? '.monaco-workbench' : '.explorer-folders-view .monaco-list-row';
      await page.locator(sign).first().waitFor({ timeout: 60_000 });
    };
    await open(workspace);
    const take = (name: string): Promise<string> => screenshot(page, name);
    const { data } = directories;
    const set = (setting: string, value: unknown): void => {
      const file = join(data, 'User/settings.json');
      writeFileSync(file, JSON.stringify({ ...settingsIn(file), [setting]: value }));
    };
    return { page, data, open, set, ...actions(page, take), screenshot: take, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a language pack does first: the window, and with it each extension, is told the language. */
async function speak(page: Page, { vscode }: EditorHost, language: string): Promise<void> {
  const messages = readFileSync(join(vscode, 'out/nls.messages.js'), 'utf8');
  const body = `${messages}\nglobalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`;
  await page.route('**/out/nls.messages.js', (route) => route.fulfill({ body, contentType: 'application/javascript' }));
}

/** Those of the user, and of the machine that the server runs on: some settings count there alone. */
function writeSettings(data: string, settings: Readonly<Record<string, unknown>>): void {
  const common = settingsIn(join(root, 'test/editor/launcher/settings.json'));
  for (const [folder, content] of Object.entries({ User: { ...common, ...settings }, Machine: settings })) {
    mkdirSync(join(data, folder), { recursive: true });
    writeFileSync(join(data, folder, 'settings.json'), JSON.stringify(content));
  }
}

function settingsIn(file: string): object {
  return JSON.parse(readFileSync(file, 'utf8')) as object;
}

async function screenshot(page: Page, name: string): Promise<string> {
  const directory = process.env['TOA_DOCTOR_SCREENSHOTS'] ?? join(root, 'test-results');
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${name}.png`);
  await page.screenshot({ path });
  return path;
}
