// What Remote-SSH does in the desktop: VS Code's server is started on a host by ssh, reached through ssh's tunnel, and the window knows itself
// by the authority `ssh-remote+HOST`. The web workbench takes its own address for the authority, so a line of it is replaced on its way.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { quoteForShell } from '../../../extension/core/shellText';
import { environment, LISTENING, serverCommand, type Server, type ServerOptions } from '../../editor/launcher/server';
import { freePort, type TestHost } from '../../remote/hosts/server';
import type { EditorHost } from '../../tools/editorHost';

/** Starts the server on the host; it listens on a socket there, and ends when our ssh does. */
export async function serveBySsh(host: TestHost, options: ServerOptions): Promise<Server> {
  const socket = join(options.directories.data, 'server.sock');
  const command = serverCommand(options, ['--socket-path', socket]).map(quoteForShell).join(' ');
  const gallery = quoteForShell(environment()['EXTENSIONS_GALLERY'] ?? '');
  // The server does not notice that ssh has ended.
  const script = `EXTENSIONS_GALLERY=${gallery} ${command} & server=$!; cat >/dev/null; kill $server; wait $server`;
  const port = await freePort();
  const tunnel = ['-o', 'ExitOnForwardFailure=yes', '-L', `127.0.0.1:${String(port)}:${socket}`];
  const ssh = spawn('ssh', ['-F', host.configFile, ...tunnel, host.name, script], { stdio: ['pipe', 'pipe', 'pipe'] });
  let log = '';
  const ended = once(ssh, 'close').then(() => log.slice(-3000));
  await new Promise<void>((resolve, reject) => {
    for (const stream of [ssh.stdout, ssh.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        if (LISTENING.test(log)) resolve();
      });
    void ended.then((said) => {
      reject(new Error(`The server did not start on ${host.name}: ${said}`));
    });
  });
  return {
    authority: `127.0.0.1:${String(port)}`,
    ended,
    async stop() {
      ssh.stdin.end();
      const cut = setTimeout(() => ssh.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(cut);
    },
  };
}

const WORKBENCH = 'out/vs/code/browser/workbench/workbench.js';

/** Makes the workbench of this page know itself as a window of Remote-SSH. Rejects when its code is no longer what is expected. */
export async function showAsSshRemote(page: Page, { vscode }: EditorHost, host: string): Promise<void> {
  const source = readFileSync(join(vscode, WORKBENCH), 'utf8');
  const own = /(\{\.\.\.JSON\.parse\(\w+\),remoteAuthority:location\.host)\}/;
  if (!own.test(source)) throw new Error('The workbench takes its authority from elsewhere than expected');
  const body = source.replace(own, '$1,...globalThis.toaRemote(location)}');
  await page.route(`**/${WORKBENCH}`, (route) => route.fulfill({ body, contentType: 'application/javascript' }));
  const { commit } = JSON.parse(readFileSync(join(vscode, 'product.json'), 'utf8')) as { readonly commit: string };
  await page.addInitScript({ content: `globalThis.toaRemote = (${remote})(${JSON.stringify({ host, commit })});` });
}

/** In the page: the options of a workbench whose authority is no address. What it would ask of the authority is asked of the page's own. */
const remote = `({ host, commit }) => (location) => ({
  remoteAuthority: 'ssh-remote+' + host,
  webSocketFactory: {
    create(url) {
      const { pathname, search } = new URL(url);
      const socket = new WebSocket('ws://' + location.host + pathname + search);
      socket.binaryType = 'arraybuffer';
      const on = (name, read) => (listener) => {
        const handle = (event) => listener(read(event));
        socket.addEventListener(name, handle);
        return { dispose: () => socket.removeEventListener(name, handle) };
      };
      return {
        onData: on('message', ({ data }) => data),
        onOpen: on('open', () => undefined),
        onClose: on('close', ({ code, reason, wasClean }) => ({ code, reason, wasClean, event: undefined })),
        onError: on('error', () => undefined),
        send: (data) => socket.send(data),
        close: () => socket.close(),
      };
    },
  },
  resourceUriProvider: (uri) =>
    uri.with({
      scheme: 'http',
      authority: location.host,
      path: '/stable-' + commit + '/vscode-remote-resource',
      query: 'path=' + encodeURIComponent(uri.path),
    }),
})`;
