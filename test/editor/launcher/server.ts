// VS Code's server: started for one editor, stopped with everything that it started.
import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EditorHost } from '../../tools/editorHost';
import { root } from '../../tools/project';
import { tryRun, type Ended } from '../../tools/run';
import { inWorld, type World } from '../../tools/world';

export interface ServerDirectories {
  /** User data and server data; `User/settings.json` in it gets the tests' settings when there is none. */
  readonly data: string;
  readonly extensions: string;
}

export interface ServerOptions {
  readonly host: EditorHost;
  readonly directories: ServerDirectories;
  /** Lets the page run `extensionTestsPath`. It also suppresses notification toasts. */
  readonly smokeTestDriver?: boolean;
  readonly world?: World | undefined;
  /** Workspaces are not trusted until the user says so. */
  readonly asksForTrust?: boolean;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** 0, the default, is any free port. */
  readonly port?: number;
  /** A file with the token that the browser has to know. Without one everyone on this machine can connect. */
  readonly connectionTokenFile?: string;
  /** Each piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
}

export interface Server {
  /** `127.0.0.1:PORT`. */
  readonly authority: string;
  /** Resolves when the server has ended, for whatever reason, with the end of what it printed. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const noGallery = {
  serviceUrl: '',
  itemUrl: '',
  resourceUrlTemplate: '',
  extensionUrlTemplate: '',
  controlUrl: '',
  nlsBaseUrl: '',
};

/** Its words when it listens. */
export const LISTENING = /Extension host agent listening on (\S+)/;

/** Our environment without what npm, Node and the tests' runner put there: the editor starts as a person would start it. */
export function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST|TSX_|INIT_CWD$|CI$)/i.test(name));
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: JSON.stringify(noGallery) };
}

function commonArguments({ data, extensions }: ServerDirectories): readonly string[] {
  const directories = ['--server-data-dir', data, '--user-data-dir', data, '--extensions-dir', extensions];
  return [...directories, '--accept-server-license-terms', '--telemetry-level', 'off'];
}

/** Runs the server's own command line, like `--install-extension FILE`. */
export function manage(host: EditorHost, directories: ServerDirectories, args: readonly string[]): Promise<Ended> {
  const main = join(host.vscode, 'out/server-main.js');
  return tryRun([host.node, main, ...commonArguments(directories), ...args], { env: environment() });
}

/** Installs a packaged extension. Rejects with what the server said when it did not. */
export async function installExtension(host: EditorHost, directories: ServerDirectories, vsix: string): Promise<void> {
  const { code, output } = await manage(host, directories, ['--install-extension', vsix, '--force']);
  if (code !== 0) throw new Error(`${vsix} could not be installed: ${output.trim()}`);
}

/** Starts the server and resolves when it listens. Rejects, with what it printed, when it ends instead. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { host, directories } = options;
  const settings = join(directories.data, 'User/settings.json');
  mkdirSync(join(directories.data, 'User'), { recursive: true });
  if (!existsSync(settings)) copyFileSync(join(root, 'test/editor/launcher/settings.json'), settings);

  const child = launch(options);
  let log = '';
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => {
      resolve(error.message);
    });
    child.on('close', () => {
      resolve(log.slice(-3000));
    });
  });
  const port = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        log = (log + text).slice(-100_000);
        options.onOutput?.(text);
        const listening = LISTENING.exec(log)?.[1];
        if (listening !== undefined) resolve(listening);
      });
    void ended.then((output) => {
      reject(new Error(`The editor's server (VS Code ${host.version}) ended at once: ${output}`));
    });
  });
  return { authority: `127.0.0.1:${port}`, ended, stop: () => stop(child, ended) };
}

/** The command that runs the server; `listen` says where it listens. */
export function serverCommand(
  { host, directories, connectionTokenFile, smokeTestDriver, asksForTrust }: ServerOptions,
  listen: readonly string[],
): readonly string[] {
  return [
    ...[host.node, join(host.vscode, 'out/server-main.js'), ...listen, ...commonArguments(directories)],
    ...(connectionTokenFile === undefined
      ? ['--without-connection-token']
      : ['--connection-token-file', connectionTokenFile]),
    ...(asksForTrust === true ? [] : ['--disable-workspace-trust']),
    ...['--disable-telemetry', '--disable-update-check', '--disable-experiments'],
    '--disable-getting-started-override',
    ...(smokeTestDriver === true ? ['--enable-smoke-test-driver'] : []),
  ];
}

function launch(options: ServerOptions): ChildProcess {
  const { world, port = 0 } = options;
  const command = serverCommand(options, ['--host', '127.0.0.1', '--port', String(port)]);
  // However we end, the server is told to end too.
  const server = ['setpriv', '--pdeathsig', 'TERM', ...command];
  const { argv, env } = world === undefined ? { argv: server, env: {} } : inWorld(world, server);
  const [file = '', ...args] = argv;
  return spawn(file, args, {
    env: { ...environment(), ...options.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that nothing it started can outlive it.
    detached: true,
  });
}

const PATIENCE = 3000;

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const killing = setTimeout(() => {
    killGroup(child);
  }, PATIENCE);
  await ended;
  clearTimeout(killing);
  killGroup(child);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing is left in the group.
  }
}
