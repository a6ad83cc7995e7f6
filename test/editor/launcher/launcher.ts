// The desktop's `code` for test runners: starts VS Code's server, opens its workbench in a browser, prints what the tests
// print and ends with their status. TOA_DOCTOR_EDITOR picks the version; TOA_DOCTOR_WORLD and TOA_DOCTOR_RELEASE a world.
// Status: the tests' own; 124 no result in time; 130 interrupted; 1 anything else that went wrong.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { editorHost, editorVersions, type EditorHost } from '../../tools/editorHost';
import { parseArguments, type LauncherArguments } from './arguments';
import { openBrowser, viewport, workbenchUrl } from './browser';
import { manage, startServer, type Server, type ServerDirectories } from './server';

type End = (status: number, why?: string) => void;

/** The workbench's own log, which shares the console with the tests. */
const noise =
  /^(Resolv(ing|ed) connection token|Creating a socket|\[reconnection-grace-time\]|\[AgentHost|\[AccountPolicyGate\]|\[Service Worker\]|Updating additional builtin|Ignoring fetching additional builtin|\[ChatModelSelection\]|Creation of workbench contribution|Timed out waiting for authentication provider)/;

const TIMEOUT = Number(process.env['TOA_DOCTOR_TIMEOUT'] ?? 300) * 1000;

main(parseArguments(process.argv.slice(2))).then(
  // Not only a set status: a server that is just starting would keep us alive; it ends with us.
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);

async function main(args: LauncherArguments): Promise<number> {
  const host = await editorHost(wantedVersion());
  const temporary = mkdtempSync(join(tmpdir(), 'toa-doctor-editor-'));
  const data = args.userDataDirectory ?? temporary;
  const directories = { data, extensions: args.extensionsDirectory ?? join(data, 'extensions') };
  try {
    if (args.management.length === 0) return await runTests(host, directories, args);
    const { code, output } = await manage(host, directories, args.management);
    process.stdout.write(output);
    return code;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function wantedVersion(): EditorHost['version'] {
  const wanted = process.env['TOA_DOCTOR_EDITOR'] ?? editorVersions[0];
  const version = editorVersions.find((one) => one === wanted);
  if (version === undefined)
    throw new Error(`TOA_DOCTOR_EDITOR is ${wanted}; there are ${editorVersions.join(' and ')}.`);
  return version;
}

async function runTests(host: EditorHost, directories: ServerDirectories, args: LauncherArguments): Promise<number> {
  let server: Server | undefined;
  let browser: Browser | undefined;
  try {
    return await new Promise<number>((resolve, reject) => {
      let ended = false;
      const end: End = (status, why) => {
        if (why !== undefined && !ended) console.error(why);
        ended = true;
        resolve(status);
      };
      endOnSignals(end);
      const open = async (): Promise<void> => {
        server = await startTestServer(host, directories, end);
        browser = await openBrowser();
        const page = await browser.newPage({ viewport });
        await watch(page, server, end);
        await page.goto(address(server, args));
      };
      open().catch(reject);
    });
  } finally {
    await Promise.allSettled([browser?.close(), server?.stop()]);
  }
}

function endOnSignals(end: End): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      end(130, `Ended by ${signal}`);
    });
  setTimeout(() => {
    end(124, `No result after ${TIMEOUT / 1000} s`);
  }, TIMEOUT).unref();
}

function startTestServer(host: EditorHost, directories: ServerDirectories, end: End): Promise<Server> {
  const { TOA_DOCTOR_WORLD: root, TOA_DOCTOR_RELEASE: release } = process.env;
  return startServer({
    host,
    directories,
    smokeTestDriver: true,
    world: root === undefined ? undefined : { root, release },
    onOutput: (text) => {
      // The workbench reports a dead extension host as success.
      const died = /Extension Host Process exited with code: (\d+|null)/.exec(text)?.[1];
      if (died !== undefined && died !== '0') end(Number(died) || 1, `The extension host died with status ${died}`);
    },
  });
}

async function watch(page: Page, server: Server, end: End): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    const line = format(...args);
    if (!noise.test(line)) (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${line}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (status: number) => {
    end(status);
  });
  page.on('crash', () => {
    end(1, "The editor's page crashed");
  });
  page.on('close', () => {
    end(1, "The editor's page was closed");
  });
  void server.ended.then((output) => {
    end(1, `The editor's server ended: ${output}`);
  });
}

function address(server: Server, args: LauncherArguments): string {
  const { extensionDevelopmentPaths, extensionTestsPath, disableExtensions, open: folder } = args;
  const { authority } = server;
  return workbenchUrl({ authority, folder, extensionDevelopmentPaths, extensionTestsPath, disableExtensions });
}
