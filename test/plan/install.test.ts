// Plans on a real Debian server, without its kernel running: packages, dkms, index, files that load it at boot, journal and undo.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { server, type Ended, type Server } from './server';

let host: Server;
beforeEach(async () => {
  host = await server();
}, 600_000);
afterEach(() => {
  host.remove();
});

/** The kernel that runs here is another one, so nothing can be loaded. */
const install = (...args: readonly string[]): Ended =>
  host.cli('install', '--yes', '--skip', 'load', '--json', ...args);

const states = ({ stdout }: Ended): Readonly<Record<string, string>> => {
  const { results } = JSON.parse(stdout) as {
    readonly results: readonly { readonly id: string; readonly state: string }[];
  };
  return Object.fromEntries(results.map(({ id, state }) => [id, state]));
};

const json = ({ stdout }: Ended): { readonly steps?: readonly object[] } =>
  JSON.parse(stdout) as { readonly steps?: readonly object[] };

describe('our own module on Debian', { timeout: 300_000 }, () => {
  test('a dry run of each command says what it would do, in words and as JSON, and changes nothing', () => {
    const before = host.listing();
    for (const verb of ['plan', 'install']) {
      expect(host.cli(verb, '--dry-run').stdout).toContain('dkms add -m toa');
      const { steps } = json(host.cli(verb, '--dry-run', '--json'));
      expect(steps).toContainEqual(expect.objectContaining({ id: 'dkms-add', commands: ['dkms add -m toa -v 0.1.0'] }));
    }
    expect(host.cli('uninstall', '--dry-run').stdout).toContain('Nothing to undo');
    expect(json(host.cli('uninstall', '--dry-run', '--json'))).toEqual({ outcome: 'planned', steps: [] });
    // This server has no tcpdump; what is run where there is one, test/capture shows.
    expect(host.cli('verify', '--port', '80', '--dry-run').stdout).toBe('tcpdump is not installed\n');
    expect(json(host.cli('verify', '--port', '80', '--dry-run', '--json'))).toEqual({ commands: [] });
    expect(host.listing()).toEqual(before);
  });

  test('installs, does nothing the second time, and uninstalls without a trace', () => {
    const before = host.listing();
    const first = install();
    expect(first.status, first.stderr).toBe(0);
    const release = host.running;
    expect(states(first)).toEqual({
      ...Object.fromEntries(
        ['headers', 'dkms', 'headers-follow', 'source', 'dkms-add', 'autoload'].map((id) => [id, 'done']),
      ),
      [`dkms-build:${release}`]: 'done',
      [`dkms-install:${release}`]: 'done',
      // Before 6.12 no kernel comes with the headers.
      'dkms-every': 'already',
      load: 'skipped',
    });
    const magic = host.run('modinfo', '-k', release, '-F', 'vermagic', 'toa').stdout;
    expect(magic.split(' ')[0]).toBe(release);
    expect(host.run('cat', '/etc/modules-load.d/toa.conf').stdout).toBe('toa\n');
    const plan = JSON.parse(host.cli('plan', '--json').stdout) as { readonly stays: readonly object[] };
    expect(plan.stays).toMatchObject([{ release, verdict: 'yes' }]);

    const installed = host.listing();
    const second = install();
    expect(second.status).toBe(0);
    expect(Object.values(states(second)).filter((state) => state !== 'already' && state !== 'skipped')).toEqual([]);
    expect(host.listing()).toEqual(installed);

    expect(host.cli('uninstall', '--yes').status).toBe(0);
    expect(host.listing()).toEqual(before);
    expect(host.cli('uninstall', '--yes').stdout).toContain('Nothing to undo');
  });

  test('a power cut while packages are unpacked is undone without a trace', async () => {
    const before = host.listing();
    await host.cut('Unpacking linux-headers', 'install', '--yes', '--skip', 'load');
    expect(host.listing()).not.toEqual(before);
    const { status, stdout } = host.cli('uninstall', '--yes');
    expect(status, stdout).toBe(0);
    expect(host.listing()).toEqual(before);
  });

  test('a power cut while dkms is set up is resumed, and undone without a trace', async () => {
    const before = host.listing();
    await host.cut('Setting up dkms', 'install', '--yes', '--skip', 'load');
    const resumed = install();
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(host.cli('uninstall', '--yes').status).toBe(0);
    expect(host.listing()).toEqual(before);
  });

  test('a power cut while dkms builds is resumed, one while it installs is undone', async () => {
    const before = host.listing();
    await host.cut('Building module:', 'install', '--yes', '--skip', 'load');
    const resumed = install('--skip', 'autoload');
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(states(resumed)).toMatchObject({ headers: 'skipped', [`dkms-install:${host.running}`]: 'done' });
    expect(host.cli('uninstall', '--yes').status).toBe(0);
    expect(host.listing()).toEqual(before);
  });

  test('what somebody else changed since is left to him', () => {
    host.run('rm', '-rf', '/etc/modules-load.d');
    const others = ['headers', 'dkms', 'headers-follow', 'source', 'dkms-add', 'dkms-every'].flatMap((id) => [
      '--skip',
      id,
    ]);
    const built = ['build', 'install'].flatMap((id) => ['--skip', `dkms-${id}:${host.running}`]);
    expect(install(...others, ...built).status).toBe(0);
    host.run('sh', '-c', 'echo another >>/etc/modules-load.d/other.conf');
    expect(host.cli('uninstall', '--yes').status).toBe(0);
    expect(host.run('ls', '/etc/modules-load.d').stdout).toBe('other.conf\n');
  });
});
