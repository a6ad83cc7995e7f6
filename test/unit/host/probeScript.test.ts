import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts } from '../../../extension/core/facts';
import { parseProbe } from '../../../extension/core/probe/parseProbe';
import probeScript from '../../../extension/host/probe.sh';
import { scriptInput } from '../../../extension/host/script';
import { layOut, runOn, type FakeSystem } from './fakeRoot';
import { SHELLS, under } from './shells';
import { SYSTEMS } from './systems';

const input = scriptInput(probeScript);

function factsIn(text: string): Facts {
  const reading = parseProbe(text);
  if ('problem' in reading) throw new Error(reading.problem.text);
  return reading.facts;
}

describe.each(Object.entries(SYSTEMS))('probe.sh on %s', (name, system) => {
  let root = '';
  beforeAll(async () => {
    root = await layOut(system);
  });
  afterAll(() => rm(root, { recursive: true }));

  for (const shell of SHELLS) {
    it.skipIf(shell.missing)(under(shell), async () => {
      const text = runOn(root, shell, input);
      expect(text).not.toContain(root);
      expect(text).not.toContain('secret'); // a word of the kernel's command line
      const json = `${JSON.stringify(factsIn(text), undefined, 2)}\n`;
      await expect(json).toMatchFileSnapshot(`../../fixtures/facts/${name}.json`);
    });
  }
});

describe('probe.sh on the machine of the tests', () => {
  const onThisMachine = ([command, ...options]: readonly [string, ...string[]]) =>
    execFileSync(command, [...options, '-s'], { input, encoding: 'utf8' });

  for (const shell of SHELLS) {
    it.skipIf(shell.missing)(`says what sh says, ${under(shell)}`, () => {
      expect(onThisMachine(shell.argv)).toBe(onThisMachine(['sh']));
    });
  }

  it('agrees with uname', () => {
    const release = execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim();
    expect(factsIn(onThisMachine(['sh'])).kernel.release).toBe(release);
  });
});

describe('probe.sh on the kinds of option that a module reads', () => {
  const on = (files: Readonly<Record<string, string>>): FakeSystem => ({
    uname: { release: '6.1.0-50-amd64', version: '#1' },
    id: { uid: 0, name: 'root', groups: 'root' },
    files: { '/proc/modules': 'toa 20480 0 - Live 0x0000000000000000 (OE)\n', ...files },
    commands: {},
  });
  const counters = 'syn_recv_sock_toa        :          3\n';

  it.each([
    ['ours', { '/proc/net/toa_stats': `${counters}syn_recv_sock_malformed  :          0\n` }, [200, 254]],
    ['one with the usual counters', { '/proc/net/toa_stats': counters }, undefined],
    ['one with a parameter', { '/sys/module/toa/parameters/kinds': '254\n' }, [254]],
    ['one with another parameter', { '/sys/module/toa/parameters/kinds': '254;rm\n' }, undefined],
  ])('%s', async (_, files, kinds) => {
    const root = await layOut(on(files));
    for (const shell of SHELLS.filter(({ missing }) => !missing)) {
      expect(factsIn(runOn(root, shell, input)).toa.kinds, shell.name).toEqual(kinds);
    }
    await rm(root, { recursive: true });
  });
});

describe('probe.sh on hostile names', () => {
  const system: FakeSystem = {
    uname: { release: '6.1.0-50-amd64', version: '#1' },
    id: { uid: 0, name: 'root', groups: 'root' },
    files: { '/etc/os-release': 'ID=debian\nPRETTY_NAME="a\u001b[31mred"\n' },
    commands: {},
  };
  const release = (name: string) => `#define UTS_RELEASE "${name}"\n`;
  let root = '';

  beforeAll(async () => {
    root = await layOut(system);
    const names = ['two words', `it's "quoted" $(id) \`id\``, '*', 'line\ntree=forged', 'end\n', '-n'];
    for (const name of names) {
      const tree = join(root, 'usr/src/kernels', name);
      await mkdir(join(tree, 'include/generated'), { recursive: true });
      await writeFile(join(tree, 'Makefile'), '');
      await writeFile(join(tree, 'include/generated/utsrelease.h'), release(name.trim()));
      await mkdir(join(root, 'lib/modules', name), { recursive: true });
    }
    await symlink('build', join(root, 'lib/modules/-n/build')); // leads to itself
    await symlink('/usr/src/kernels/two words\ntoa.loaded=yes', join(root, 'lib/modules/-n/source'));
    await mkdir(join(root, "opt/my kernel's tree"), { recursive: true });
  });
  afterAll(() => rm(root, { recursive: true }));

  for (const shell of SHELLS) {
    it.skipIf(shell.missing)(under(shell), () => {
      const places = ["/opt/my kernel's tree/", '/nowhere', '-e', 'relative', '/opt/../usr/src/kernels/two words'];
      const facts = factsIn(runOn(root, shell, input, places));
      const plain = ['*', '-n', `it's "quoted" $(id) \`id\``, 'two words'];
      expect(facts.trees.map(({ path }) => path)).toEqual([
        ...plain.map((name) => `/usr/src/kernels/${name}`),
        "/opt/my kernel's tree",
      ]);
      expect(facts.trees.map((tree) => tree.release)).toEqual([...plain, undefined]);
      expect(facts.moduleDirectories.map((directory) => directory.release)).toEqual(plain);
      expect(facts.moduleDirectories[1]?.build.state).toBe('dangling');
      expect(facts.moduleDirectories[1]?.source.state).toBe('dangling');
      expect(facts.toa.loaded).toBe(false);
      expect(facts.distribution.name).toBe('a[31mred');
    });
  }
});
