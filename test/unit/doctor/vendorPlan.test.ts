// What `--from` takes: archives, folders and files, of this machine and of another one.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts } from '../../../extension/core/facts';
import { render } from '../../../extension/core/message';
import { command, copyText, shownText, type Plan } from '../../../extension/core/plan/step';
import { makePlan } from '../../../extension/doctor/plan/makePlan';
import { LocalHost } from '../../../extension/host/local';
import { root } from '../../tools/project';
import { tarNamed } from '../support/archives';
import { serverFacts, tree } from '../support/facts';

const EL6 = '2.6.32-754.35.1.el6.x86_64';
const EL7 = '3.10.0-1160.119.1.el7.x86_64';
const own = { version: '1', files: [] };
const MAKEFILE =
  'obj-m := toa.o\nKDIR ?= /lib/modules/$(shell uname -r)/build\nall:\n\tmake -C $(KDIR) M=$(PWD) modules\n';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'toa-doctor-vendor-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Writes files, packs them, and gives the archive's path. */
function archive(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, 'content', path, '..'), { recursive: true });
    writeFileSync(join(directory, 'content', path), text);
  }
  const file = join(directory, 'TOA 2.0.tar.gz');
  execFileSync('tar', ['-czf', file, '-C', join(directory, 'content'), '.']);
  return file;
}

const host = new LocalHost();
const planOf = (from: string, release = EL7, change: Partial<Facts> = {}, files?: LocalHost): Promise<Plan> => {
  const facts = serverFacts(release, { trees: [tree(release)], ...change });
  return makePlan(host, facts, own, { from, release: undefined, ...(files && { files }) });
};
const refusal = ({ refused }: Plan): string => (refused === undefined ? 'not refused' : render(refused));
const commands = (plan: Plan, id: string): string =>
  plan.steps
    .find((step) => step.id.startsWith(id))
    ?.actions.map(shownText)
    .join('\n') ?? '';

describe('an archive of a source', () => {
  const both = {
    'toa_old/Makefile': MAKEFILE,
    'toa_old/toa.c': '1',
    'toa_new/Makefile': MAKEFILE,
    'toa_new/toa.c': '2',
  };

  it('is put on the host, built there, and installed', async () => {
    const from = archive({ Makefile: MAKEFILE, 'toa.c': 'int x;\n' });
    const plan = await planOf(from);
    expect(plan.steps.map(({ id }) => id).slice(0, 3)).toEqual(['files', 'headers', `make:${EL7}`]);
    expect(commands(plan, 'make')).toContain('cd /usr/src/toa-vendor-TOA-2.0 && make');
    expect(commands(plan, 'files')).toContain(`sh /usr/src/toa-vendor-TOA-2.0.tar first <'${from} [0-`);
    expect(plan.steps[0]?.paths).toEqual(['/usr/src/toa-vendor-TOA-2.0', '/usr/src/toa-vendor-TOA-2.0.tar']);
  });

  it('with an old and a new package gives the one for the kernel', async () => {
    const from = archive(both);
    expect(commands(await planOf(from, EL7), 'make')).toContain('cd /usr/src/toa-vendor-TOA-2.0/toa_new &&');
    expect(commands(await planOf(from, EL6), 'make')).toContain('cd /usr/src/toa-vendor-TOA-2.0/toa_old &&');
    // The folder that it was made of is used where it lies.
    const folder = join(directory, 'content');
    expect(commands(await planOf(folder, EL6), 'make')).toContain(`cd ${folder}/toa_old &&`);
  });

  it('with several that nothing tells apart names them', async () => {
    const from = archive({ 'a/Makefile': MAKEFILE, 'a/toa.c': '1', 'b/Makefile': MAKEFILE, 'b/toa.c': '2' });
    expect(refusal(await planOf(from))).toBe(
      `There are several sources in /usr/src/toa-vendor-TOA-2.0: a, b. Name the one for ${EL7}.`,
    );
  });

  it('that leads out of its folder, or holds nothing of use, is refused', async () => {
    const hostile = join(directory, 'toa.tar');
    writeFileSync(hostile, tarNamed('../../etc/cron.d/evil'));
    expect(await planOf(hostile)).toMatchObject({ steps: [] });
    expect(refusal(await planOf(hostile))).toContain('"../../etc/cron.d/evil"');
    expect(refusal(await planOf(archive({ README: 'hello' })))).toContain('no Makefile, no module');
    expect(refusal(await planOf(join(directory, 'nowhere.zip')))).toContain('does not exist');
    expect(refusal(await planOf('/dev/null'))).toBe('/dev/null cannot be read: it is no regular file');
  });

  it('comes there as it is here: the commands of the step, run for real', async () => {
    const plan = await planOf(archive({ Makefile: MAKEFILE, 'src/toa.c': 'int x;\n'.repeat(300_000) }));
    const [step] = plan.steps;
    // In a folder of our own instead of /usr/src.
    const moved = (word: string): string => word.replace('/usr/src/', `${directory}/`);
    for (const { argv, script, input } of step?.actions ?? []) {
      const [program, ...args] = argv.map(moved);
      const stdin = input === undefined ? script : Buffer.from(input.bytes).toString('base64');
      execFileSync(program ?? '', args, { input: stdin ?? '' });
    }
    expect(step?.actions.length).toBeGreaterThan(2);
    const there = join(directory, 'toa-vendor-TOA-2.0');
    expect(readdirSync(there).sort()).toEqual(['Makefile', 'src']);
    expect(readFileSync(join(there, 'src/toa.c')).equals(readFileSync(join(directory, 'content/src/toa.c')))).toBe(
      true,
    );
    const { argv, script = '' } = step?.check ?? command(['false']);
    const check = (): Buffer => execFileSync(argv[0], argv.slice(1).map(moved), { input: script });
    expect(check()).toHaveLength(0);
    writeFileSync(join(there, 'src/toa.c'), 'changed');
    expect(check).toThrow();
  });
});

describe('what lies here, for another host', () => {
  const here = new LocalHost();

  it('is sent there: a folder', async () => {
    archive({ Makefile: MAKEFILE, 'toa.c': 'x', '.git/config': 'secret' });
    const plan = await planOf(join(directory, 'content'), EL7, {}, here);
    expect(plan.steps.map(({ id }) => id).slice(0, 3)).toEqual(['files', 'headers', `make:${EL7}`]);
    expect(render(plan.steps[0]?.changes ?? { text: '', values: {} })).toBe(
      'The directory /usr/src/toa-vendor-content: Makefile toa.c',
    );
  });

  it('is sent there: a module, which is judged here', async () => {
    const file = join(directory, 'toa.ko');
    writeFileSync(file, '<!DOCTYPE html><html>');
    expect(refusal(await planOf(file, EL7, {}, here))).toContain('web page');
  });

  it('is sent there: a kernel’s RPM, read without rpm', async () => {
    const file = join(directory, 'kernel-3.10.0-693.el7.toa.x86_64.rpm');
    cpSync(join(root, 'test/fixtures/plan/kernel.rpm'), file);
    const plan = await planOf(file, EL7, {}, here);
    expect(plan.release).toBe('3.10.0-693.el7.toa.x86_64');
    const there = '/usr/src/toa-vendor-kernel-3.10.0-693.el7.toa.x86_64';
    expect(plan.steps.map(({ id }) => id).slice(0, 3)).toEqual(['files', 'rpm-dependencies', 'rpm-kernel']);
    expect(plan.steps[2]?.actions.map(copyText).join()).toBe(
      `rpm -ivh --oldpackage --nosignature ${there}/kernel-3.10.0-693.el7.toa.x86_64.rpm`,
    );
    writeFileSync(file, readFileSync(file).subarray(0, 1000));
    expect(refusal(await planOf(file, EL7, {}, here))).toContain('no RPM package of a kernel');
  });
});
