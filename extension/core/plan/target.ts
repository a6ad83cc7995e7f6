import type { Facts, ModuleDirectory } from '../facts';
import { isSafeRelease } from '../kernel/release';

/** The kernels that this host can boot. */
export function bootable({ moduleDirectories }: Facts): readonly ModuleDirectory[] {
  return moduleDirectories.filter(
    ({ release, hasModules, hasImage }) => hasModules && hasImage && isSafeRelease(release),
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
