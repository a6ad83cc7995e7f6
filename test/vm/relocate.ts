// Header trees name their files by absolute path, so they work only where dpkg puts them. This makes a copy that works
// where it lies. The files are hard links; each file that changes is written anew, so the original stays as it is.
import { readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../tools/run';

async function relocateMakefile(makefile: string, home: string): Promise<void> {
  const text = await readFile(makefile, 'utf8').catch(() => '');
  if (!text.includes('/usr/src/')) return;
  await writeFile(`${makefile}.new`, text.replaceAll('/usr/src/', `${home}/usr/src/`));
  await rename(`${makefile}.new`, makefile);
}

async function relink(link: string, home: string): Promise<void> {
  const target = await readlink(link).catch(() => '');
  if (!target.startsWith('/usr/src/')) return;
  await rm(link);
  await symlink(home + target, link);
}

/** Copies the headers of `root` into `draft`, so that they work once `draft` has been renamed to `home`. */
export async function makeBuildable(root: string, draft: string, home: string): Promise<void> {
  await run(['cp', '-a', '--link', `${root}/.`, draft]);
  for (const name of await readdir(join(draft, 'usr/src'))) {
    await relocateMakefile(join(draft, 'usr/src', name, 'Makefile'), home);
    // With vmlinux there, kbuild insists on pahole to make BTF; without it, it says so and goes on.
    await rm(join(draft, 'usr/src', name, 'vmlinux'), { force: true });
  }
  for (const name of await readdir(join(draft, 'lib/modules')))
    for (const link of ['build', 'source']) await relink(join(draft, 'lib/modules', name, link), home);
}
