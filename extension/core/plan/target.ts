import type { Facts, ModuleDirectory } from '../facts';

/** Whether a text may stand in a path and an argument as a release: what the kernel and package managers use, and nothing more. */
export function safeRelease(release: string): boolean {
  return release.length <= 64 && /^\d[A-Za-z0-9._+~-]*$/.test(release);
}

/** The kernels that this host can boot. */
export function bootable({ moduleDirectories }: Facts): readonly ModuleDirectory[] {
  return moduleDirectories.filter(
    ({ release, hasModules, hasImage }) => hasModules && hasImage && safeRelease(release),
  );
}

/** Those a module can be built for. */
export function bootableWithHeaders(facts: Facts): readonly ModuleDirectory[] {
  return bootable(facts).filter(({ release }) =>
    facts.trees.some((tree) => tree.release === release && tree.hasModpost && tree.hasConfiguration),
  );
}

/** The headers of a kernel, where they are now or where their package puts the link to them. */
export function treeOf(release: string, facts: Facts): string {
  const tree = facts.trees.find((one) => one.release === release && one.hasModpost);
  return tree?.path ?? `/lib/modules/${release}/build`;
}
