/**
 * Variables that the kernel's own Makefile sets, exports or reads. A command-line variable reaches the kernel's make too
 * (MAKEFLAGS), and an exported one comes back when kbuild reads the module's Makefile, so these names cannot be borrowed.
 */
const KBUILD_NAMES: ReadonlySet<string> = new Set([
  'VERSION',
  'PATCHLEVEL',
  'SUBLEVEL',
  'EXTRAVERSION',
  'KERNELVERSION',
  'ARCH',
  'SRCARCH',
  'CC',
  'LD',
  'M',
  'O',
  'V',
  'C',
  'W',
  'SUBDIRS',
  'PWD',
  'CURDIR',
  'srctree',
  'objtree',
  'src',
  'obj',
]);

export function belongsToKbuild(name: string): boolean {
  return KBUILD_NAMES.has(name) || name.startsWith('KBUILD_') || name.startsWith('CONFIG_');
}
