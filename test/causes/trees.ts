// Kernel trees that only these tests need: the newest headers Debian serves, whose tools and options are too new for this machine,
// and a source tree that nobody has configured.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../tools/cache';
import { run } from '../tools/run';
import { download, unpack } from '../vm/debianKernels';
import { headerPackages, servedKernels } from '../vm/debianPackages';
import { withPrivateApt } from '../vm/privateApt';

const NEWEST = 'debian-headers-newest-1';
const SOURCE = 'debian-source-2';

/** Where the source tree lies on a machine that has it. */
const SOURCE_TREE = '/usr/src/linux-source-6.1';

/** What a module's build, and the preparation of a tree, read of the kernel's source. */
const PARTS = [
  'Makefile',
  'Kbuild',
  'Kconfig',
  'arch/x86',
  'arch/Kconfig',
  'certs',
  'include',
  'scripts',
  'tools',
  'kernel/*',
];

export interface Headers {
  /** A directory like `/` with the packages unpacked. */
  readonly root: string;
  readonly release: string;
}

/** The newest `cloud-amd64` headers of Debian's backports, made by a newer gcc and with a newer C library than those of this machine. */
export async function newestHeaders(): Promise<Headers> {
  const root = await cached(NEWEST, (directory) =>
    withPrivateApt({ suites: ['trixie', 'trixie-backports'] }, async (apt) => {
      const newest = (await servedKernels(apt)).findLast(({ flavour }) => flavour === 'cloud-amd64');
      if (newest === undefined) throw new Error('The mirror serves no cloud-amd64 headers in trixie-backports.');
      for (const file of await download(apt, await headerPackages(apt, newest.release))) await unpack(directory, file);
    }),
  );
  const names = await readdir(join(root, 'usr/src'));
  const release = names
    .map((name) => /^linux-headers-(.*-cloud-amd64)$/.exec(name)?.[1])
    .find((name) => name !== undefined);
  if (release === undefined) throw new Error(`${root} holds no headers.`);
  return { root, release };
}

/** Like `/` of a machine with a kernel's source, never configured; of other directories than a build needs, only the Kconfig files. */
export async function sourceRoot(): Promise<string> {
  return cached(SOURCE, (directory) =>
    withPrivateApt({ suites: ['bookworm'] }, async (apt) => {
      const [file = ''] = await download(apt, ['linux-source-6.1']);
      await unpack(join(directory, 'package'), file, './usr/src/*.tar.xz');
      const archive = join(directory, 'package', `${SOURCE_TREE}.tar.xz`);
      const patterns = [...PARTS.map((part) => `linux-source-6.1/${part}`), '*/Kconfig*'];
      const target = join(directory, 'usr/src');
      await mkdir(target, { recursive: true });
      await run(['tar', '-xf', archive, '-C', target, '--wildcards', '--no-anchored', ...patterns]);
      await rm(join(directory, 'package'), { recursive: true });
    }),
  );
}
