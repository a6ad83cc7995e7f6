// kernel/ builds for every kernel that the mirror serves, each with the compiler of its Debian release: all of them in
// `npm test -- matrix`, which writes the table of kernel/README.md; the newest in `npm test`.
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root as checkout } from '../tools/project';
import { run, tryRun } from '../tools/run';
import { withScratch } from '../vm/build';
import { newestOfEachSeries } from '../vm/debianKernels';
import type { DebianKernel } from '../vm/debianPackages';
import { chooseAll, chooseNewest, NEWEST, ROWS } from './chosenKernels';
import { debianRoot, inRoot, type DebianRoot } from './debianRoot';
import { writeTable, type Built } from './table';

const whole = process.env['TOA_DOCTOR_MATRIX'] === 'all';

const roots: readonly (readonly [string, DebianRoot])[] = await Promise.all(
  whole
    ? ROWS.map(async (row) => [row.debian, await debianRoot('all', row, chooseAll)] as const)
    : [debianRoot('newest', NEWEST, chooseNewest).then((root) => [NEWEST.debian, root] as const)],
);

const cases = roots.flatMap(([debian, root]) => root.kernels.map((kernel) => ({ debian, root, ...kernel })));
const built: Built[] = [];

const isArm = ({ flavour }: DebianKernel): boolean => flavour.endsWith('arm64');

/** make's arguments for a kernel that is not the one that runs. */
function makeArguments(kernel: DebianKernel): readonly string[] {
  const tree = [`KVER=${kernel.release}`, `KDIR=/usr/src/linux-headers-${kernel.release}`];
  return isArm(kernel) ? [...tree, 'ARCH=arm64', 'CROSS_COMPILE=aarch64-linux-gnu-'] : tree;
}

/** What make said, with the warnings of W=1 and, where the headers can, sparse's; and the module's vermagic. */
async function build(root: DebianRoot, kernel: DebianKernel): Promise<{ output: string; vermagic: string }> {
  let output = '';
  let vermagic = '';
  await withScratch(async (directory) => {
    await cp(join(checkout, 'kernel'), directory, { recursive: true });
    const make = inRoot(root, directory, ['make', 'W=1', 'C=2', ...makeArguments(kernel)]);
    ({ output } = await tryRun(make));
    vermagic = (await tryRun(['modinfo', '-F', 'vermagic', join(directory, 'toa.ko')])).output.trim();
  });
  return { output, vermagic };
}

// Its headers come without the script that looks for sparse (7.x), or its sparse cannot be had; nothing else is let pass.
const SPARSE_CANNOT = /^.*(?:checker-valid\.sh: No such file|C=2 specified, but sparse is not available).*$/gm;

describe.each(cases)('$release ($packageVersion), built on $debian', ({ debian, root, ...kernel }) => {
  test('builds without a warning', async () => {
    const { output, vermagic } = await build(root, kernel);
    expect(vermagic.split(' ')[0], output).toBe(kernel.release);
    expect(output.replace(SPARSE_CANNOT, '')).not.toMatch(/warning|error/i);
    built.push({ ...kernel, debian, vermagic, sparse: /^ *CHECK /m.test(output) });
  });
});

const describeMatrix = (): void => {
  let readme = '';
  beforeAll(async () => {
    readme = await readFile(join(checkout, 'kernel/README.md'), 'utf8');
  });

  test('holds at least 20 kernels for x86-64 and 3 for arm64, of every series that is served', () => {
    expect(built.filter((kernel) => !isArm(kernel)).length).toBeGreaterThanOrEqual(20);
    expect(built.filter(isArm).length).toBeGreaterThanOrEqual(3);
    const series = new Set(built.map((kernel) => kernel.series));
    expect([...series]).toEqual(expect.arrayContaining(['5.10', '6.1', '6.12']));
    expect([...series].some((one) => Number.parseInt(one) >= 7)).toBe(true);
  });

  afterAll(() => writeTable(readme, built));
};

const CLANG = '19';

/** No Debian kernel is built with clang; clangTree.sh makes of a header tree what configuring it with clang would have. */
const describeClang = (): void => {
  const trixie = roots.find(([debian]) => debian === 'trixie')?.[1];
  const newest = newestOfEachSeries(trixie?.kernels.filter(({ flavour }) => flavour === 'amd64') ?? []);

  test.each(newest)('$release, were it built with clang, builds with clang and without a warning', async (kernel) => {
    if (trixie === undefined) throw new Error('There is no trixie in the matrix.');
    await withScratch(async (directory) => {
      await cp(join(checkout, 'kernel'), directory, { recursive: true });
      const headers = join(trixie.directory, `usr/src/linux-headers-${kernel.release}`);
      await run(['cp', '-r', headers, join(directory, 'headers')]);
      await run(['sh', join(checkout, 'test/matrix/clangTree.sh'), join(directory, 'headers'), CLANG, '/work/headers']);
      const { output } = await tryRun(inRoot(trixie, directory, ['make', 'W=1', 'KDIR=/work/headers']));
      const comment = await run(['readelf', '-p', '.comment', join(directory, 'toa.ko')]);
      expect(comment, output).toContain(`clang version ${CLANG}`);
      expect(output.replace(/^warning: the compiler differs.*$/m, '')).not.toMatch(/warning|error/i);
    });
  });
};

if (whole) {
  describe('clang', describeClang);
  describe('the matrix', describeMatrix);
}
