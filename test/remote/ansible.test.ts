// The Ansible project, run by the real ansible-playbook on two servers: it installs, is idempotent, and its undo restores what was.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SshHost } from '../../extension/host/ssh/sshHost';
import { serverRoot, type ServerRoot } from '../headers/serverRoot';
import { root } from '../tools/project';
import type { TestHost } from './hosts/server';
import { startSshd } from './hosts/sshd';

const NAMES = ['one', 'two'];
let headers: ServerRoot;
let hosts: readonly TestHost[] = [];
let directory = '';
let release = '';
let config = '';
beforeAll(async () => {
  headers = await serverRoot({});
  release = headers.releases.filter((one) => /^6\.1\.[\d-]+-amd64$/.test(one)).at(-1) ?? '';
  hosts = await Promise.all(NAMES.map((name) => startSshd({ name, world: { root: headers.root, release } })));
  directory = mkdtempSync(join(tmpdir(), 'toa-doctor-ansible-'));
  config = join(directory, 'ssh_config');
  writeFileSync(config, hosts.map(({ configFile }) => readFileSync(configFile, 'utf8')).join('\n'));
});
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.stop()));
  headers.remove();
  rmSync(directory, { recursive: true });
});

async function playbook(file: string): Promise<string> {
  // /etc and the kernel are this machine's: the module is installed and not loaded, and the list of modules lies elsewhere.
  const values = ['-e', 'toa_load=false', '-e', 'toa_autoload=/usr/src/autoload'];
  const child = spawn('ansible-playbook', [file, ...values], {
    cwd: join(directory, 'project'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [status] = (await once(child, 'close')) as [number];
  if (status !== 0) throw new Error(said);
  return said;
}
const changes = (said: string): readonly number[] =>
  [...said.matchAll(/changed=(\d+)/g)].map(([, count]) => Number(count));

async function state(): Promise<readonly string[]> {
  return Promise.all(
    NAMES.map(async (name) => {
      const host = new SshHost(name, { configFile: config });
      const script =
        'find /usr/src /lib/modules/$(uname -r)/ -name "*toa*" | sort; cat /usr/src/autoload/toa.conf "/lib/modules/$(uname -r)/extra/toa.ko" | cksum';
      const { stdout } = await host.script(script, []);
      await host.dispose();
      return stdout;
    }),
  );
}

it('installs on two servers, changes nothing the second time, and takes it back', async () => {
  execFileSync(process.execPath, [
    join(root, 'dist/cli.js'),
    'ansible',
    '--ssh-config',
    config,
    join(directory, 'project'),
    ...NAMES,
  ]);
  const before = await state();
  expect(changes(await playbook('site.yml'))).toEqual([3, 3]);
  const after = await state();
  for (const one of after) expect(one).toContain(`/lib/modules/${release}/extra/toa.ko`);
  expect(changes(await playbook('site.yml'))).toEqual([0, 0]);
  expect(await state()).toEqual(after);
  expect(changes(await playbook('undo.yml'))).toEqual([1, 1]);
  expect(await state()).toEqual(before);
});
