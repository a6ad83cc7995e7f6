import type { Distribution } from '../facts';
import type { Message } from '../message';
import { message } from '../message';
import type { Family, Release } from './release';

/**
 * Says why a distribution's repositories cannot have the headers of a kernel: it belongs to another distribution, as in a
 * container, where the kernel is the host's. `undefined` when nothing speaks against it.
 */
export function foreignKernel(release: Release, distribution: Distribution): Message | undefined {
  const here = packagingOf(distribution);
  const there = packagingOfFamily[release.family];
  const isForeign =
    (here !== undefined && there !== undefined && here !== there) ||
    isOtherDebian(release.family, distribution) ||
    isOtherEnterpriseLinux(release, distribution);
  if (!isForeign) return undefined;
  return message(
    'The kernel {release} is not one of {distribution}, so its repositories have no headers for it. In a container, install them on the host.',
    { release: release.text, distribution: distribution.name ?? distribution.id ?? '?' },
  );
}

type Packaging = 'deb' | 'rpm' | 'zypp' | 'apk' | 'pacman';

const packagingOfFamily: Readonly<Partial<Record<Family, Packaging>>> = {
  rhel: 'rpm',
  fedora: 'rpm',
  uek: 'rpm',
  amazon: 'rpm',
  alinux: 'rpm',
  anolis: 'rpm',
  tencentos: 'rpm',
  opencloudos: 'rpm',
  openeuler: 'rpm',
  bclinux: 'rpm',
  ctyunos: 'rpm',
  kylin: 'rpm',
  euleros: 'rpm',
  elrepo: 'rpm',
  ubuntu: 'deb',
  debian: 'deb',
  proxmox: 'deb',
  raspberrypi: 'deb',
  suse: 'zypp',
  arch: 'pacman',
  manjaro: 'pacman',
  alpine: 'apk',
};

/** How a distribution packages, from ID and ID_LIKE. `undefined` where they do not tell. */
function packagingOf({ id, like }: Distribution): Packaging | undefined {
  const names = [id, ...like].filter((name) => name !== undefined);
  return families.find(([, members]) => names.some((name) => members.includes(name)))?.[0];
}

const families: readonly (readonly [Packaging, readonly string[]])[] = [
  ['zypp', ['suse', 'sles', 'opensuse', 'opensuse-leap', 'opensuse-tumbleweed', 'sled']],
  ['apk', ['alpine']],
  ['pacman', ['arch', 'artix', 'manjaro', 'cachyos']],
  ['deb', ['debian', 'ubuntu', 'raspbian', 'linuxmint']],
  ['rpm', ['rhel', 'fedora', 'centos', 'almalinux', 'rocky', 'ol', 'amzn', 'alinux', 'anolis', 'tencentos', 'opencloudos']],
  ['rpm', ['openeuler', 'bclinux', 'ctyunos', 'euleros', 'hce']],
];

/** Debian and Ubuntu name their packages alike, but neither has the other's. */
function isOtherDebian(family: Family, { id, like }: Distribution): boolean {
  if (family === 'ubuntu') return id === 'debian' || id === 'raspbian';
  return family === 'debian' && (id === 'ubuntu' || like.includes('ubuntu'));
}

/** A kernel of CentOS 7 in a container of CentOS 8 and the like. */
function isOtherEnterpriseLinux({ family, generation }: Release, { id, version }: Distribution): boolean {
  if (family !== 'rhel' && family !== 'uek') return false;
  if (id === undefined || version === undefined || generation === undefined) return false;
  if (!['centos', 'rhel', 'almalinux', 'rocky', 'ol', 'scientific'].includes(id)) return false;
  return generation !== `el${version.split('.')[0] ?? ''}`;
}
