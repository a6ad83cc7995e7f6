// `npm start`: builds, packages and opens the extension on kernel/, in the desktop's VS Code where there is one, else in a
// served one: that ends with Ctrl+C and leaves nothing behind. TOA_DOCTOR_PORT fixes its port, which is any free one otherwise.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installExtension, startServer, type Server } from '../editor/launcher/server';
import { editorHost } from './editorHost';
import { root, vsix } from './project';
import { run } from './run';
import { findCommand } from './systemPackages';

const folder = join(root, 'kernel');

async function main(): Promise<void> {
  console.log('Building and packaging the extension');
  await run(['npm', 'run', '--silent', 'package'], { cwd: root });
  const code = desktopCode();
  if (code === undefined) await serve();
  else {
    await run([code, '--install-extension', vsix, '--force']);
    await run([code, folder]);
    console.log(`Opened ${folder} in VS Code with the extension installed.`);
  }
}

/** The desktop's `code`, when a window can open: on a display, or in the editor whose terminal this is. */
function desktopCode(): string | undefined {
  const { DISPLAY, WAYLAND_DISPLAY, VSCODE_IPC_HOOK_CLI } = process.env;
  const window = process.platform !== 'linux' || [DISPLAY, WAYLAND_DISPLAY, VSCODE_IPC_HOOK_CLI].some(Boolean);
  return window ? findCommand('code') : undefined;
}

function wantedPort(): number {
  const wanted = process.env['TOA_DOCTOR_PORT'] ?? '0';
  const port = /^\d{1,5}$/.test(wanted) ? Number(wanted) : Infinity;
  if (port > 65_535) throw new Error(`TOA_DOCTOR_PORT is "${wanted}", which is not a port.`);
  return port;
}

async function serve(): Promise<void> {
  const port = wantedPort();
  const host = await editorHost('1.139');
  const profile = mkdtempSync(join(tmpdir(), 'toa-doctor-start-'));
  const directories = { data: join(profile, 'data'), extensions: join(profile, 'extensions') };
  process.on('exit', () => {
    rmSync(profile, { recursive: true, force: true });
  });
  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        resolve('interrupted');
      });
  });
  const token = randomBytes(16).toString('hex');
  const connectionTokenFile = join(profile, 'token');
  writeFileSync(connectionTokenFile, token, { mode: 0o600 });

  const open = async (): Promise<Server> => {
    await installExtension(host, directories, vsix);
    return startServer({ host, directories, port, connectionTokenFile });
  };
  const server = await Promise.race([open(), interrupted]);
  if (server === 'interrupted') return;
  console.log('The editor, with the extension installed, is at');
  console.log(`http://${server.authority}/?${new URLSearchParams({ tkn: token, folder }).toString()}`);
  console.log('Ctrl+C ends it.');
  const why = await Promise.race([server.ended, interrupted]);
  await server.stop();
  if (why !== 'interrupted') throw new Error(`The editor's server ended by itself: ${why}`);
}

main().then(
  // A server that was just starting would keep us alive; it ends with us.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
