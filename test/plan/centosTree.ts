import { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildableTree, headersRoot } from '../vm/debianKernels';

/** Makes a tree that builds, Debian's in truth, and says that it is for a release of CentOS. */
export async function centosTree(directory: string, release: string): Promise<void> {
  const kernel = (await headersRoot()).kernels.find(({ series, flavour }) => series === '6.1' && flavour === 'amd64');
  const original = await buildableTree(kernel?.release ?? '');
  cpSync(original, directory, { recursive: true, verbatimSymlinks: true });
  const kbuild = join(dirname(original), '../lib/linux-kbuild-6.1');
  for (const name of ['scripts', 'tools']) {
    rmSync(join(directory, name));
    symlinkSync(join(kbuild, name), join(directory, name));
  }
  writeFileSync(join(directory, 'include/generated/utsrelease.h'), `#define UTS_RELEASE "${release}"\n`);
  writeFileSync(join(directory, 'include/config/kernel.release'), `${release}\n`);
}
