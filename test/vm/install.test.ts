// kernel/ as its README says: plain make, make install and DKMS, on what looks like a server with headers.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../tools/project';
import { run, tryRun } from '../tools/run';
import { inWorld } from '../tools/world';
import { withScratch } from './build';
import { headersRoot } from './debianKernels';

const { root: headers, kernels } = await headersRoot();
const [running, other] = kernels.filter(({ series, flavour }) => series === '6.1' && flavour === 'amd64');
if (running === undefined || other === undefined) throw new Error('The tests need two point releases of 6.1.');

/** Runs a command where the first of the two kernels runs and the headers of both are installed. Rejects when it fails. */
const onServer = (...argv: readonly string[]): Promise<string> => {
  const launch = inWorld({ root: headers, release: running.release }, argv);
  return run(launch.argv, { env: { ...launch.env, LC_ALL: 'C' } });
};

/** Gives `work` a copy of kernel/ under a world-readable path, as /usr/src is. */
const withCopy = (work: (directory: string) => Promise<void>): Promise<void> =>
  withScratch(async (directory) => {
    await run(['chmod', '755', directory]);
    await cp(join(root, 'kernel'), directory, { recursive: true });
    await work(directory);
  });

const vermagic = async (ko: string): Promise<string> =>
  (await run(['modinfo', '-F', 'vermagic', ko])).split(' ')[0] ?? '';

describe('make', () => {
  test.each([
    ['KVER', other.release],
    ['KDIR', `/usr/src/linux-headers-${other.release}`],
    ['O', `/usr/src/linux-headers-${other.release}`],
  ])('%s=%s builds for that kernel', async (name, value) => {
    await withCopy(async (directory) => {
      await onServer('make', '-C', directory, `${name}=${value}`);
      expect(await vermagic(join(directory, 'toa.ko'))).toBe(other.release);
    });
  });

  test('works as an ordinary user, with the empty environment that sudo gives', async () => {
    await withCopy(async (directory) => {
      // Whoever is not root is one already.
      const isRoot = process.getuid?.() === 0;
      const user = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
      if (isRoot) await run(['chown', '-R', '65534:65534', directory]);
      await onServer(...user, 'env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'make', '-C', directory);
      expect(await vermagic(join(directory, 'toa.ko'))).toBe(running.release);
    });
  });

  test('alone builds for the kernel that runs, and modules_install puts it where modprobe looks', async () => {
    await withCopy(async (directory) => {
      const target = join(directory, 'target');
      const install = ['make', '-C', directory, 'modules_install', `INSTALL_MOD_PATH=${target}`];
      await onServer('sh', '-c', 'make -C "$1" && shift && "$@"', 'sh', directory, ...install);
      expect(await vermagic(join(directory, 'toa.ko'))).toBe(running.release);
      const found = (await run(['find', target, '-name', 'toa.ko*'])).trim();
      expect(found).toMatch(new RegExp(`^${target}/lib/modules/${running.release.replaceAll('.', '\\.')}/`));
      expect(await readFile(join(target, 'lib/modules', running.release, 'modules.dep'), 'utf8')).toContain('toa.ko');
    });
  });
});

describe('a kernel that clang has built', () => {
  test('is built for with LLVM=1, which may be overruled', async () => {
    await withCopy(async (directory) => {
      const kdir = join(directory, 'headers');
      await mkdir(join(kdir, 'include/config'), { recursive: true });
      await writeFile(join(kdir, 'include/config/auto.conf'), 'CONFIG_CC_IS_CLANG=y\n');
      await writeFile(join(kdir, 'Makefile'), 'modules:; @echo "LLVM is [$(LLVM)]"\n');
      const make = ['make', '-C', directory, `KDIR=${kdir}`] as const;
      expect((await tryRun(make)).output).toContain('LLVM is [1]');
      expect((await tryRun([...make, 'LLVM=-15'])).output).toContain('LLVM is [-15]');
    });
  });
});

describe('DKMS', () => {
  test('builds and installs it for the kernel that it is told', async () => {
    const version = /^PACKAGE_VERSION="(.*)"$/m.exec(await readFile(join(root, 'kernel/dkms.conf'), 'utf8'))?.[1] ?? '';
    expect(await readFile(join(root, 'kernel/toa.c'), 'utf8')).toContain(`MODULE_VERSION("${version}")`);
    await withCopy(async (directory) => {
      // The world's /usr/src and /lib/modules are gone when the command has ended; so is DKMS's own tree.
      const script = `set -e
        cp -r "$1" "/usr/src/toa-$2"
        mkdir "$1/tree"
        dkms install "toa/$2" -k "$3" --dkmstree "$1/tree"
        dkms status "toa/$2" --dkmstree "$1/tree"
        modinfo -k "$3" -F vermagic toa
        dkms remove "toa/$2" --all --dkmstree "$1/tree"
        ! modinfo -k "$3" toa 2>&1`;
      const output = await onServer('sh', '-c', script, 'sh', directory, version, other.release);
      expect(output).toContain(`toa/${version}, ${other.release}, x86_64: installed`);
      expect(output).toMatch(new RegExp(`^${other.release.replaceAll('.', '\\.')} SMP`, 'm'));
    });
  });
});
