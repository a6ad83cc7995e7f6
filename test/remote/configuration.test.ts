// The user's ssh configuration counts as it does in a terminal: what it includes, what it matches, and the hosts that lie on the way.
import { mkdirSync, readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configuredHosts } from '../../extension/host/ssh/configuredHosts';
import { SshHost } from '../../extension/host/ssh/sshHost';
import type { TestHost } from './hosts/server';
import { startSshd } from './hosts/sshd';

let jump: TestHost;
let inner: TestHost;
let directory = '';
let configFile = '';
beforeAll(async () => {
  // The inner one is reached through the jump host alone: its port stands nowhere else.
  [jump, inner] = await Promise.all([
    startSshd({ name: 'jump', config: ['LogLevel VERBOSE'] }),
    startSshd({ name: 'inner', client: ['ProxyJump jump'] }),
  ]);
  directory = mkdtempSync(join(tmpdir(), 'toa-doctor-config-'));
  mkdirSync(join(directory, 'conf.d'));
  for (const host of [jump, inner])
    writeFileSync(join(directory, 'conf.d', `${host.name}.conf`), readFileSync(host.configFile, 'utf8'));
  configFile = join(directory, 'config');
  writeFileSync(
    configFile,
    [
      `Include ${directory}/conf.d/*.conf`,
      `Include "${directory}/there is none"`,
      `Match originalhost by-match exec "test -e ${directory}/conf.d"`,
      `Include ${directory}/conf.d/inner.conf`,
      'SetEnv LC_TOA_MATCHED=yes',
      'HostName 127.0.0.1',
      `Port ${String(inner.port)}`,
      'User root',
      `IdentityFile ${join(inner.directory, 'user_key')}`,
      'StrictHostKeyChecking no',
      `UserKnownHostsFile ${join(inner.directory, 'known_hosts')}`,
      'ProxyJump jump',
      '',
    ].join('\n'),
  );
});
afterAll(async () => {
  await Promise.all([jump.stop(), inner.stop()]);
  rmSync(directory, { recursive: true });
});

it('names the hosts of included files', async () => {
  expect([...(await configuredHosts(configFile))].sort()).toEqual(['inner', 'jump']);
});

it.each(['inner', 'by-match'])('%s is reached through the host before it, and works as any other', async (name) => {
  const host = new SshHost(name, { configFile });
  try {
    const { stdout } = await host.run({ argv: ['sh', '-c', 'echo "$SSH_CONNECTION"'] });
    expect(stdout.trim().endsWith(` ${String(inner.port)}`)).toBe(true);
    // Who connected to the inner one is the jump host's sshd.
    const clientPort = stdout.split(' ')[1] ?? '';
    const found = await host.run({ argv: ['ss', '-tnpH', `sport = :${clientPort}`] });
    expect(found.stdout).toContain('sshd');
    await host.files.write(`${directory}/by-${name}`, Buffer.from(name), 'new');
    expect(readFileSync(join(directory, `by-${name}`), 'utf8')).toBe(name);
  } finally {
    await host.dispose();
  }
});

it('a host on the way that cannot be reached is told', async () => {
  const broken = join(directory, 'broken');
  writeFileSync(broken, `Host jump\nHostName no-such-host.invalid\nHost *\n${readFileSync(configFile, 'utf8')}`);
  const host = new SshHost('inner', { configFile: broken });
  const why = await host.connect().catch((error: unknown) => String(error));
  await host.dispose();
  expect(why).toContain('inner was not reached: its jump host or ProxyCommand failed.');
});
