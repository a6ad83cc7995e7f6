// The browser that shows the editor, and the address that makes the editor open what it should.
import { chromium as playwright, type Browser } from 'playwright-core';
import { chromium, findCommand, requireSystemPackages } from '../../tools/systemPackages';

/** Installs Chromium when there is none and starts it; nothing but this machine can be reached from it. */
export async function openBrowser(): Promise<Browser> {
  const found = ['chromium', 'chromium-browser', 'google-chrome'].map(findCommand).find((path) => path !== undefined);
  if (found === undefined) await requireSystemPackages([chromium]);
  const executablePath = found ?? findCommand(chromium.command);
  if (executablePath === undefined) throw new Error('Chromium was installed but is not on PATH.');
  return playwright.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    // We end it ourselves, after the server has been told.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ],
  });
}

export const viewport = { width: 1400, height: 900 };

export interface Workbench {
  /** `127.0.0.1:PORT`. */
  readonly authority: string;
  /** A folder; an empty window when absent. */
  readonly folder?: string | undefined;
  readonly extensionDevelopmentPaths?: readonly string[];
  readonly extensionTestsPath?: string | undefined;
  readonly disableExtensions?: boolean;
}

/** The address of the workbench. What the desktop takes on its command line travels in `payload`. */
export function workbenchUrl(workbench: Workbench): string {
  const {
    authority,
    folder,
    extensionDevelopmentPaths = [],
    extensionTestsPath,
    disableExtensions = false,
  } = workbench;
  const remote = (path: string): string => `vscode-remote://${authority}${path}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...extensionDevelopmentPaths.map((path) => ['extensionDevelopmentPath', remote(path)]),
    ...(extensionTestsPath === undefined ? [] : [['extensionTestsPath', remote(extensionTestsPath)]]),
    ...(disableExtensions ? [['disableExtensions', 'true']] : []),
  ];
  const query = new URLSearchParams(folder === undefined ? { ew: 'true' } : { folder });
  query.set('payload', JSON.stringify(payload));
  return `http://${authority}/?${query.toString()}`;
}
