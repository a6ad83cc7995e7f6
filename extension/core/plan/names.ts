/** The module, as modprobe, dkms and depmod know it. */
export const MODULE = 'toa';

/** Where the source of our own module is put: dkms wants `/usr/src/NAME-VERSION`. */
export function sourceDirectory(version: string): string {
  return `/usr/src/${MODULE}-${version}`;
}

/** Where a module of no package belongs: a directory that depmod reads by default, which the kernel's own package does not own. */
export function installedPath(release: string): string {
  return `/lib/modules/${release}/extra/${MODULE}.ko`;
}

/** The signing key that dkms 3 uses by itself (dkms(8)), so that what it builds for the next kernel is signed too. */
export const KEY = { key: '/var/lib/dkms/mok.key', certificate: '/var/lib/dkms/mok.pub' } as const;
