// The main job on five hosts by sh alone, in one editor: the steps of mainJob.test.ts, with the folder opened by ssh. Each host has a root, a
// network, processes and an sshd of its own; what they are is said in test/remote/hosts/userlands.ts.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestHost } from '../remote/hosts/server';
import { startSshd } from '../remote/hosts/sshd';
import { startUserland, type Userland, type UserlandName } from '../remote/hosts/userlands';
import { pictured, startEditor, type Editor } from './harness/editor';
import * as far from './harness/farWork';
import { mainJob } from './harness/mainJob';

const PASSPHRASE = "a 'pass' phrase";
/** ssh's words for the key of {@link Questions}' host. */
const PROMPT = 'Enter passphrase for key';

/** What a host asks for, and when. */
interface Questions {
  readonly onConnect?: (editor: Editor) => Promise<void>;
  readonly onOpen?: (editor: Editor) => Promise<void>;
  readonly onBuild?: (editor: Editor) => Promise<void>;
}

const giveSecret = (editor: Editor): Promise<void> => editor.answer(PROMPT, PASSPHRASE);

const QUESTIONS: Readonly<Record<UserlandName, Questions>> = {
  bullseye: {},
  bookworm: {},
  busybox: {},
  narrow: {
    async onConnect(editor) {
      await editor.press('Connect to narrow?', 'Connect');
      await giveSecret(editor);
    },
    onOpen: giveSecret,
    // This server allows one session for a connection: what runs there needs another one than the files.
    onBuild: giveSecret,
  },
  centos7: {
    async onConnect(editor) {
      await editor.press('diffie-hellman-group14-sha1', 'Allow for This Host');
      await editor.press('HostKeyAlgorithms=+ssh-rsa', 'Allow for This Host');
    },
  },
};
const names = Object.keys(QUESTIONS) as readonly UserlandName[];

let hosts: readonly Userland[] = [];
let hanging: TestHost;
let editor: Editor;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'toa-doctor-flow-hosts-'));
  hosts = await Promise.all(names.map(startUserland));
  hanging = await startSshd({ name: 'hanging', home: { '.bashrc': 'exec sleep 600\n' } });
  const key = hosts.find(({ name }) => name === 'narrow')?.directory ?? '';
  execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', PASSPHRASE, '-f', join(key, 'user_key')]);
  const configFile = join(directory, 'config');
  writeFileSync(configFile, [...hosts, hanging].map((host) => readFileSync(host.configFile, 'utf8')).join('\n'));
  editor = await startEditor({
    workspace: '',
    settings: { 'toa.ssh.configFile': configFile, 'terminal.integrated.gpuAcceleration': 'off' },
  });
});
afterAll(async () => {
  await editor.stop();
  await Promise.all([...hosts, hanging].map((host) => host.stop()));
  rmSync(directory, { recursive: true });
});

function hostCalled(name: UserlandName): Userland {
  const host = hosts.find((one) => one.name === name);
  if (host === undefined) throw new Error(`${name} is not there`);
  return host;
}

/** What modinfo says of the module that lies there; read past ssh, for it could ask. */
async function vermagic(host: Userland): Promise<string> {
  const module = join(directory, 'demo.ko');
  writeFileSync(module, await host.inside('cat', '/root/demo/demo.ko'));
  const { stdout } = await promisify(execFile)('modinfo', ['-F', 'vermagic', module]);
  return stdout;
}

it.each(names)('%s: open, build, see why it fails, fix, build, check', async (name) => {
  const host = hostCalled(name);
  const { onConnect, onOpen, onBuild } = QUESTIONS[name];
  await pictured(editor, `remote-${name}`, async () => {
    if (editor.page.url().includes('toa-ssh')) await editor.open('');
    await editor.runCommand('TOA: Open Remote Kernel Workspace…');
    await editor.pick(name);
    await onConnect?.(editor);
    await editor.page.locator('.quick-input-widget:visible', { hasText: host.running }).waitFor({ timeout: 150_000 });
    await editor.screenshot(`remote-${name}-folders`);
    await editor.pick('/root/demo');
    await editor.page.waitForURL(/toa-ssh/, { timeout: 30_000 });
    await onOpen?.(editor);
    await mainJob(editor, {
      running: host.running,
      headers: host.headers,
      ...(onBuild && { whileBuilding: () => onBuild(editor) }),
    });
    await editor.page.getByRole('treeitem', { name: 'demo.ko', exact: true }).waitFor({ timeout: 30_000 });
    await editor.screenshot(`remote-${name}-built`);
  });
  expect((await vermagic(host)).split(' ')[0]).toBe(host.headers);
  expect((await host.inside('cat', '/root/demo/Makefile')).toString()).toContain(host.headers);
});

it('a host that hangs is let go, and the module comes to another one', async () => {
  await pictured(editor, 'remote-copy', async () => {
    await editor.open('');
    await far.letGo(editor, hanging);
    await far.copyModule(editor, hostCalled('bookworm'));
  });
});

it('a folder thirty milliseconds away: files, a lost build, problems of C, search, a terminal', async () => {
  const host = hostCalled('bookworm');
  await pictured(editor, 'remote-work', async () => {
    await far.slowBuild(host);
    await editor.open('toa-ssh://bookworm/root/demo');
    await far.countOpening(editor, host);
    await far.loseBuild(editor, host);
    await far.repairSource(editor, host);
    await far.search(editor);
    await far.terminal(editor, host);
  });
});
