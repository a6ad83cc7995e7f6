// The terminal tool on another host: the whole way with real headers, and what it says when the host cannot be reached.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUNNING, serverRoot, type ServerRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { root } from '../tools/project';
import { processesMarked } from '../unit/host/processes';
import { startBusybox, type BusyboxHost } from './hosts/busybox';
import { freePort, type TestHost } from './hosts/server';
import { startSshd } from './hosts/sshd';

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs dist/cli.js as a person without a terminal would. */
async function cli(host: TestHost, [verb = '', ...args]: readonly string[], input = ''): Promise<Ended> {
  const where = ['--host', host.name, '--ssh-config', host.configFile];
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), verb, ...where, ...args]);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number];
  return { status, stdout, stderr };
}

const json = ({ stdout, stderr }: Ended): Record<string, unknown> => {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
};

/** Names that a shell, make or a program could take for something else. */
const ODD = ['a b', `q'u"o`, '$(touch ran)', '-rf;`touch ran`', 'new\nline\n', '你好'];

describe('a server without the headers of its kernel', () => {
  let headers: ServerRoot;
  let host: TestHost;
  let newest: string;
  beforeAll(async () => {
    headers = await serverRoot({});
    newest = headers.releases.filter((release) => /^6\.1\.[\d-]+-amd64$/.test(release)).at(-1) ?? '';
    host = await startSshd({ world: { root: headers.root, release: RUNNING }, home: {} });
  });
  afterAll(async () => {
    await host.stop();
    headers.remove();
  });

  it('doctor, build and build --kernel say and do there what they do on this machine', async () => {
    const workspace = moduleWorkspace();
    try {
      const found = await cli(host, ['doctor', workspace.path, '--json']);
      expect(found.status).toBe(1);
      expect(json(found)).toMatchObject({ kernel: RUNNING, findings: [{ cause: 'headers_version_mismatch' }] });
      const failed = await cli(host, ['build', workspace.path, '--json']);
      expect(json(failed)).toMatchObject({ outcome: 'failed', findings: [{ cause: 'headers_version_mismatch' }] });
      const built = await cli(host, ['build', workspace.path, '--kernel', newest, '--json']);
      expect(json(built)).toMatchObject({ outcome: 'built', meant: newest, findings: [] });
      expect(built.status).toBe(0);
      const vermagic = execFileSync('modinfo', ['-F', 'vermagic', join(workspace.path, 'demo.ko')], {
        encoding: 'utf8',
      });
      expect(vermagic.split(' ')[0]).toBe(newest);
    } finally {
      workspace.remove();
    }
  });

  it('explain takes the facts of the host', async () => {
    const text = `make[1]: *** /lib/modules/${RUNNING}/build: No such file or directory.  Stop.\n`;
    const { stdout, status } = await cli(host, ['explain'], text);
    expect(status).toBe(1);
    expect(stdout).toContain(newest);
  });

  it.each(ODD)('a folder called %j below the home directory there', async (name) => {
    const folder = join(host.directory, 'home', name);
    cpSync(join(root, 'test/editor/workspace'), folder, { recursive: true });
    writeFileSync(join(folder, 'other.c'), '#include <linux/module.h>\n');
    const [found, explained] = await Promise.all([
      cli(host, ['doctor', '--json', '--', name]),
      cli(host, ['explain', '--json', `--directory=${name}`], 'ERROR: modpost: missing MODULE_LICENSE() in other.o\n'),
    ]);
    expect(json(found)).toMatchObject({
      sources: [{ directory: `/root/${name}`, objects: ['demo'] }],
      findings: [{ cause: 'headers_version_mismatch' }],
    });
    // The edit is made from the file there, which is found from the folder.
    expect(JSON.stringify(json(explained)['findings'])).toContain(JSON.stringify(`/root/${name}/other.c`));
    expect(readdirSync(join(host.directory, 'home'))).toContain(name);
    expect(existsSync(join(host.directory, 'home/ran'))).toBe(false);
  });

  it('a folder that is not there is told, in one line', async () => {
    for (const [name, words] of [
      ['no\nsuch', 'no?such is no directory below the home directory of testhost'],
      ['/no such', '/no such is no directory on testhost'],
      ['-', '- is no directory below'],
    ] as const) {
      const { status, stdout, stderr } = await cli(host, ['doctor', '--', name]);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^[^\n]+\n$/);
      expect(stderr).toContain(words);
    }
  });

  it('an interrupted build leaves nothing running there', async () => {
    const workspace = moduleWorkspace();
    const mark = `TOA_TEST=interrupted-${String(process.pid)}`;
    writeFileSync(
      join(workspace.path, 'Makefile'),
      `obj-m := demo.o\nall:\n\t@${mark} sh -c 'sleep 600 & sleep 600'\n`,
    );
    const tool = [
      join(root, 'dist/cli.js'),
      'build',
      workspace.path,
      '--host',
      host.name,
      '--ssh-config',
      host.configFile,
    ];
    const child = spawn(process.execPath, tool, { stdio: 'ignore' });
    await expect.poll(async () => (await processesMarked(mark)).length, { timeout: 20_000 }).toBeGreaterThan(1);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(await processesMarked(mark)).toEqual([]);
    workspace.remove();
  });
});

describe('an appliance with busybox', () => {
  let host: BusyboxHost;
  beforeAll(async () => {
    host = await startBusybox();
  });
  afterAll(() => host.stop());

  it('is probed, and says what it lacks', async () => {
    const facts = json(await cli(host, ['probe']));
    expect(facts).toMatchObject({ distribution: { id: 'appliance' }, user: { name: 'root' } });
    const { status, stdout } = await cli(host, ['build', '/etc']);
    expect(status).toBe(1);
    expect(stdout).toContain(`make is not installed on ${host.name}`);
  });
});

describe('a host that cannot be reached: status 3 and one line that says why', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startSshd();
  });
  afterAll(() => host.stop());
  const why = async (lines: readonly string[]): Promise<string> => {
    const configFile = join(host.directory, 'other');
    writeFileSync(configFile, [`Host ${host.name}`, ...lines, readFileSync(host.configFile, 'utf8')].join('\n'));
    const { status, stdout, stderr } = await cli({ ...host, configFile }, ['probe']);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    return stderr;
  };

  it('unknown, refused, denied', async () => {
    expect(await why(['HostName no-such-host.invalid'])).toContain('No host is called');
    expect(await why([`Port ${String(await freePort())}`])).toContain('refuses connections');
    expect(await why(['PubkeyAuthentication no'])).toContain('let nobody in: it accepts publickey');
  });

  it('with a changed key, which it names with file and line', async () => {
    expect((await cli(host, ['probe'])).status).toBe(0);
    const known = join(host.directory, 'known_hosts');
    const other = readFileSync(join(host.directory, 'user_key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
    writeFileSync(known, `# a comment\n[127.0.0.1]:${String(host.port)} ${other}\n`);
    expect(await why([])).toContain(`${known}:2`);
  });

  it('with algorithms that are no longer trusted', async () => {
    writeFileSync(join(host.directory, 'known_hosts'), '');
    const old = await startSshd({ name: host.name, config: ['KexAlgorithms diffie-hellman-group14-sha1'] });
    try {
      const { status, stderr } = await cli(old, ['probe']);
      expect(status).toBe(3);
      expect(stderr).toContain('diffie-hellman-group14-sha1');
    } finally {
      await old.stop();
    }
  });
});

describe('several hosts', () => {
  it('are checked together, and told in a table, those that cannot be reached too', async () => {
    const [one, two] = await Promise.all([startSshd({ name: 'one' }), startBusybox('two')]);
    const configFile = join(one.directory, 'all');
    writeFileSync(configFile, readFileSync(one.configFile, 'utf8') + readFileSync(two.configFile, 'utf8'));
    try {
      const tool = [
        join(root, 'dist/cli.js'),
        'check-hosts',
        '--json',
        '--ssh-config',
        configFile,
        'one',
        'two',
        'no-such.invalid',
      ];
      const child = spawn(process.execPath, tool, { stdio: ['ignore', 'pipe', 'ignore'] });
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      expect(await once(child, 'close')).toEqual([3, null]);
      const { hosts } = JSON.parse(stdout) as { hosts: { host: string; state: string; distribution: string }[] };
      const states = Object.fromEntries(hosts.map(({ host, state }) => [host, state]));
      expect(states).toEqual({ one: 'findings', two: 'findings', 'no-such.invalid': 'unreached' });
      expect(hosts.find(({ host }) => host === 'two')?.distribution).toBe('Appliance 1');
    } finally {
      await Promise.all([one.stop(), two.stop()]);
    }
  });
});
