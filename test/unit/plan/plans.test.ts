import { describe, expect, it } from 'vitest';
import { readModuleInfo } from '../../../extension/core/kernel/moduleFile';
import { render } from '../../../extension/core/message';
import { planKernelRpm } from '../../../extension/core/plan/kernelRpm';
import { planModuleFile } from '../../../extension/core/plan/moduleFilePlan';
import { planOwnModule } from '../../../extension/core/plan/ownModule';
import { dkmsVersion } from '../../../extension/core/plan/source';
import { planVendorSource, sourceGeneration } from '../../../extension/core/plan/sourcePlan';
import { stays } from '../../../extension/core/plan/stay';
import { copyText, type Plan, type Step } from '../../../extension/core/plan/step';
import { directoryOf, factsWith, runningKernel, treeOf } from '../kernel/facts';
import { moduleDirectory, serverFacts, tree } from '../support/facts';
import { buildElf } from '../kernel/elfBuilder';

const source = { version: '0.1.0', files: [{ name: 'toa.c', text: 'int x;\n' }] };
const ids = ({ steps }: Plan): readonly string[] => steps.filter(({ skip }) => skip === undefined).map(({ id }) => id);
const step = ({ steps }: Plan, id: string): Step => {
  const found = steps.find((one) => one.id.startsWith(id));
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
};
const commands = (plan: Plan, id: string): string => step(plan, id).actions.map(copyText).join('\n');
const EL7 = '3.10.0-1160.119.1.el7.x86_64';
const EL6 = '2.6.32-754.35.1.el6.x86_64';
const release = runningKernel.release;

describe('our own module', () => {
  it('comes by dkms where the distribution has it, with headers that follow the kernel', () => {
    const plan = planOwnModule(factsWith({ moduleDirectories: [directoryOf(release, 'dangling')] }), source);
    expect(ids(plan)).toEqual([
      ...['headers', 'dkms', 'headers-follow', 'source', 'dkms-add'],
      ...[`dkms-build:${release}`, `dkms-install:${release}`, 'dkms-every', 'autoload', 'load'],
    ]);
    expect(commands(plan, 'headers')).toContain(`apt-get install -y linux-headers-${release}`);
    // The lists are fetched once.
    expect(
      plan.steps
        .map((one) => one.actions.map(copyText).join('\n'))
        .join('\n')
        .match(/apt-get update/g),
    ).toHaveLength(1);
  });

  it('is made for every kernel that can be booted and has headers', () => {
    const other = treeOf('6.1.0-57-cloud-amd64');
    const own = treeOf(release);
    const directories = [directoryOf(release, own), directoryOf('6.1.0-57-cloud-amd64', other)];
    const plan = planOwnModule(factsWith({ trees: [own, other], moduleDirectories: directories }), source);
    expect(ids(plan)).toContain('dkms-install:6.1.0-57-cloud-amd64');
    expect(step(plan, 'headers').skip).toBeDefined();
  });

  it('is copied and indexed where there is no dkms, and offered to the other kernels by weak-modules', () => {
    const facts = serverFacts(EL7, { trees: [tree(EL7)] });
    const tools = { ...facts.tools, commands: { ...facts.tools.commands, 'weak-modules': '/usr/sbin/weak-modules' } };
    const plan = planOwnModule({ ...facts, tools }, source);
    expect(ids(plan)).toEqual([
      ...['source', `make:${EL7}`, `copy:${EL7}`, `index:${EL7}`, `weak-modules:${EL7}`, 'autoload', 'load'],
    ]);
    expect(commands(plan, 'make')).toBe(`cd /usr/src/toa-0.1.0 && make KVER=${EL7} KDIR=/usr/src/kernels/${EL7}`);
  });

  it('is refused in containers and WSL, for what is no release, and where nobody has headers', () => {
    const inside = (container: 'docker'): Plan =>
      planOwnModule(factsWith({ environment: { container, wsl: false, init: 'sh' } }), source);
    expect(render(inside('docker').refused ?? { text: '', values: {} })).toContain('This is a container');
    expect(planOwnModule(factsWith(), source, '../../etc').refused).toBeDefined();
    expect(planOwnModule(serverFacts('4.4.0-custom+', {}), source)).toMatchObject({
      steps: [],
      refused: expect.anything() as object,
    });
  });

  it('is loaded at boot by what the host has', () => {
    const plan = (facts: Parameters<typeof planOwnModule>[0]): string =>
      step(planOwnModule(facts, source), 'autoload').paths.join();
    const init = { container: undefined, wsl: false, init: 'init' };
    expect(plan(serverFacts(EL7, { trees: [tree(EL7)] }))).toBe('/etc/modules-load.d/toa.conf');
    expect(plan(serverFacts(EL6, { trees: [tree(EL6)], environment: init }))).toBe(
      '/etc/sysconfig/modules/toa.modules',
    );
    expect(plan(factsWith({ environment: init, trees: [treeOf(release)] }))).toBe('/etc/modules');
  });

  it('is signed where the kernel asks for it, before it is installed by dkms, and says what the console needs', () => {
    const security = {
      lockdown: 'integrity',
      secureBoot: true,
      efi: true,
      signatureEnforced: true,
      modulesDisabled: false,
    } as const;
    const tools = { commands: { gcc: '/g', make: '/m', dkms: '/d', mokutil: '/k' }, gcc: '12', make: '4', libc: 'g' };
    const plan = planOwnModule(factsWith({ security, tools, trees: [treeOf(release)] }), source);
    const order = ids(plan);
    expect(order.indexOf('key')).toBeLessThan(order.indexOf(`dkms-build:${release}`));
    expect(order.indexOf(`sign:${release}`)).toBeGreaterThan(order.indexOf(`dkms-install:${release}`));
    expect(step(plan, 'enrol')).toMatchObject({ byHand: true, skip: undefined });
    expect(order.at(-1)).toBe('load');
    expect(order.indexOf('enrol')).toBe(order.length - 2);
  });

  it('says that no key helps where there is no UEFI to enrol it in', () => {
    const security = {
      lockdown: 'none',
      secureBoot: false,
      efi: false,
      signatureEnforced: true,
      modulesDisabled: false,
    } as const;
    const plan = planOwnModule(factsWith({ security, trees: [treeOf(release)] }), source);
    expect(plan.notes.map((note) => render(note)).join()).toContain('no UEFI in which a key could be enrolled');
    expect(step(plan, 'enrol').skip).toBeDefined();
  });

  it('reads its version from dkms.conf', () => {
    expect(dkmsVersion('PACKAGE_NAME="toa"\nPACKAGE_VERSION="0.1.0"\n')).toBe('0.1.0');
    expect(dkmsVersion('PACKAGE_VERSION="$(id)"')).toBeUndefined();
  });
});

describe('a prebuilt module', () => {
  const info = {
    kind: 'module',
    name: 'toa',
    version: undefined,
    srcversion: undefined,
    license: 'GPL',
    depends: [],
    machine: 'x86_64',
    signed: false,
  } as const;
  const fitting = { ...info, vermagic: `${release} SMP preempt mod_unload modversions` };

  it('is copied, indexed, loaded at boot and now', () => {
    const plan = planModuleFile(factsWith({}), { path: '/root/toa.ko', info: fitting });
    expect(ids(plan)).toEqual([`copy:${release}`, `index:${release}`, 'autoload', 'load']);
    expect(step(plan, 'copy').paths).toEqual([`/lib/modules/${release}/extra/toa.ko`]);
  });

  it.each([
    [
      'for another kernel',
      { path: '/toa.ko', info: { ...info, vermagic: '5.10.0-1-cloud-amd64 SMP preempt mod_unload modversions' } },
      'is running',
    ],
    ['another module', { path: '/toa.ko', info: { ...fitting, name: 'ip_vs' } }, 'is the module ip_vs'],
    [
      'no module',
      { path: '/toa.ko', info: readModuleInfo(new TextEncoder().encode('<!DOCTYPE html><html>')) },
      'a web page',
    ],
    [
      'with symbols that are not exported',
      { path: '/toa.ko', info: fitting, symbols: { missing: ['kallsyms_lookup_name'], otherVersions: [] } },
      'needs kallsyms_lookup_name',
    ],
    [
      'with symbols of other versions',
      { path: '/toa.ko', info: fitting, symbols: { missing: [], otherVersions: ['module_layout'] } },
      'other versions of module_layout',
    ],
  ])('is refused, with the reason: %s', (_, module, reason) => {
    const { refused, steps } = planModuleFile(factsWith({}), module);
    expect(steps).toEqual([]);
    expect(render(refused ?? { text: '', values: {} })).toContain(reason);
  });
});

describe('a vendor’s source', () => {
  it('is built as its Makefile lets, and the package for the kernel is named', () => {
    const facts = serverFacts(EL7, { trees: [tree(EL7)] });
    const invocation = {
      argv: ['make', `KERNEL_DIR=/usr/src/kernels/${EL7}`],
      directory: '/root/toa',
      how: 'variables',
      description: { text: '', values: {} },
    } as const;
    const plan = planVendorSource(facts, '/root/toa', invocation);
    expect(commands(plan, 'make')).toBe(`cd /root/toa && make KERNEL_DIR=/usr/src/kernels/${EL7}`);
    expect(ids(plan).slice(0, 3)).toEqual([`make:${EL7}`, `copy:${EL7}`, `index:${EL7}`]);
    expect([EL6, EL7, '5.10.0-1.x86_64'].map(sourceGeneration)).toEqual(['old', 'new', 'new']);
  });
});

describe('a vendor’s kernel RPM', () => {
  const kernel = { path: '/root/kernel-toa.rpm', release: '3.10.0-693.el7.toa.x86_64' };

  it('on CentOS 7 brings what it conflicts with up to date first, and never forces', () => {
    const plan = planKernelRpm(serverFacts(EL7), kernel);
    expect(ids(plan)).toEqual(['rpm-dependencies', 'rpm-kernel', 'rpm-boot', 'autoload', 'reboot']);
    expect(commands(plan, 'rpm-dependencies')).toContain(
      'yum update -y dracut linux-firmware xfsprogs kmod kexec-tools',
    );
    expect(plan.steps.map((one) => one.actions.map(copyText).join()).join()).not.toMatch(/--force|--nodeps/);
    expect(step(plan, 'reboot').byHand).toBe(true);
  });

  it('on CentOS 6 has no such conflict, and loads by /etc/sysconfig/modules', () => {
    const facts = serverFacts(EL6, { environment: { container: undefined, wsl: false, init: 'init' } });
    const plan = planKernelRpm(facts, { ...kernel, release: '2.6.32-696.el6.toa.x86_64' });
    expect(ids(plan)).toEqual(['rpm-kernel', 'rpm-boot', 'autoload', 'reboot']);
  });

  it('once it runs, only its module is to be loaded', () => {
    const plan = planKernelRpm(serverFacts(kernel.release), kernel);
    expect(ids(plan)).toContain('load');
    expect(step(plan, 'reboot').skip).toBeDefined();
  });

  it('is refused where there is no RPM', () => {
    expect(planKernelRpm(factsWith({}), kernel).refused).toBeDefined();
  });
});

describe('where a vendor’s guide is unsafe, the plan does the safe form and says why', () => {
  const facts = serverFacts(EL7, { trees: [tree(EL7)] });
  const kernel = planKernelRpm(facts, { path: '/root/kernel-toa.rpm', release: '3.10.0-693.el7.toa.x86_64' });
  const own = planOwnModule(facts, source);
  const magic = `${release} SMP preempt mod_unload modversions`;
  const info = readModuleInfo(
    buildElf({ is64: true, littleEndian: true, machine: 62, modinfo: ['name=toa', `vermagic=${magic}`] }),
  );
  const prebuilt = planModuleFile(factsWith({}), { path: '/root/toa.ko', info });

  it.each([
    ['--force hides conflicts', kernel, 'rpm-kernel', /--force, which overwrites files/, /--force/],
    ['--nodeps hides what is missing', kernel, 'rpm-dependencies', /--force and --nodeps hide that/, /--nodeps/],
    ['rc.local may not be executable', kernel, 'autoload', /only where the file is executable/, /rc\.local/],
    ['no depmod', prebuilt, 'index', /stop at insmod/, /insmod/],
    ['a path of the kernel’s own package', prebuilt, 'copy', /belongs to the kernel’s package/, /netfilter/],
    [
      'kernel-headers is not kernel-devel',
      own,
      'headers',
      /kernel-headers and glibc headers are for programs/,
      /kernel-headers/,
    ],
  ])('%s', (_, plan, id, why, unsafe) => {
    expect(
      step(plan, id)
        .notes.map((note) => render(note))
        .join('\n'),
    ).toMatch(why);
    expect(plan.steps.map((one) => one.actions.map(copyText).join('\n')).join('\n')).not.toMatch(unsafe);
  });
});

describe('after a reboot', () => {
  const file = (path: string, built = release) => ({ path, vermagic: `${built} SMP mod_unload` });
  const verdict = (
    files: readonly { path: string; vermagic: string }[],
    autoload: readonly string[],
    idleAutoload: readonly string[] = [],
  ): readonly string[] =>
    stays(
      factsWith({
        moduleDirectories: [moduleDirectory(release)],
        toa: { loaded: true, version: undefined, srcversion: undefined, files, autoload, idleAutoload },
      }),
    ).map((stay) => `${stay.verdict}: ${render(stay.reason)}`);
  const dkms = `/lib/modules/${release}/updates/dkms/toa.ko`;

  it('the module is there with its file and a list that is read', () => {
    expect(verdict([file(dkms)], ['/etc/modules-load.d/toa.conf'])).toEqual([`yes: ${dkms} is loaded at boot.`]);
  });

  it('it is not there without a file, or with nothing that loads it; rc.local is left open', () => {
    expect(verdict([], ['/etc/modules'])[0]).toMatch(/^no: .* has no copy/);
    expect(verdict([file(dkms)], [])[0]).toMatch(/^no: .*nothing loads it/);
    expect(verdict([file(dkms)], ['/etc/rc.d/rc.local'])[0]).toMatch(/^unsure/);
    expect(verdict([file(dkms)], [], ['/etc/rc.d/rc.local'])[0]).toMatch(/^no: .*rc\.local .* not executable/);
    expect(verdict([file(dkms, '6.1.0-1-cloud-amd64')], ['/etc/modules'])[0]).toMatch(
      /^unsure: .*was built for 6.1.0-1/,
    );
  });
});
