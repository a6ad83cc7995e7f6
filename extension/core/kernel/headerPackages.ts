import type { Message } from '../message';
import { message } from '../message';
import { compareReleases } from './compareReleases';
import type { NoPackage } from './headerPackage';
import type { Manager } from './packageManager';
import type { Family, Release } from './release';
import { seriesOf } from './release';

/** Headers of one release: package names and what belongs to installing them. */
export interface Headers {
  readonly manager: Manager;
  readonly packages: readonly string[];
  /** What to name for removal, where that differs from what is installed by. */
  readonly removable?: readonly string[];
  /** Packages that building needs besides. They stay when the headers go. */
  readonly tools?: readonly string[];
  /** False when the name carries no release, so that the newest comes. */
  readonly exact?: boolean;
  readonly options?: readonly string[];
  readonly notes?: readonly Message[];
}

export interface PackageRow {
  readonly families: readonly Family[];
  readonly headers: (release: Release) => Headers | NoPackage;
}

/** One row per distribution or family. "From memory" marks what no document at hand confirmed. */
export const headerPackages: readonly PackageRow[] = [
  // Debian kernel handbook; built against here. Depends on the -common and linux-kbuild packages by itself.
  { families: ['debian'], headers: apt('linux-headers') },
  // Ubuntu: the same name for every flavour and for HWE kernels (falcosecurity/driverkit lists them; kvm from memory).
  { families: ['ubuntu'], headers: apt('linux-headers') },
  { families: ['ubuntu-mainline'], headers: mainline },
  { families: ['proxmox'], headers: proxmox },
  { families: ['raspberrypi'], headers: raspberryPi },
  // CentOS, RHEL, AlmaLinux, Rocky Linux, the Red Hat kernel of Oracle Linux: vault.centos.org, Red Hat's kernel guides.
  { families: ['rhel'], headers: enterpriseLinux },
  { families: ['uek'], headers: unbreakableKernel },
  { families: ['amazon'], headers: amazonLinux },
  { families: ['elrepo'], headers: elrepo },
  // Alibaba, Anolis, Tencent, OpenCloudOS, openEuler, Kylin, CTyunOS, BCLinux: documentation of each; EulerOS and Fedora from memory.
  {
    families: ['alinux', 'anolis', 'tencentos', 'opencloudos', 'openeuler', 'kylin', 'ctyunos', 'bclinux', 'euleros', 'fedora'],
    headers: (release) => rpm(release, 'kernel-devel'),
  },
  { families: ['suse'], headers: suse },
  { families: ['arch'], headers: arch },
  { families: ['manjaro'], headers: manjaro },
  { families: ['alpine'], headers: alpine },
  {
    families: ['wsl'],
    headers: ({ text }) =>
      none(message('{release} is a WSL kernel. Microsoft publishes its source, not packages with its headers.', { release: text })),
  },
  {
    families: ['linuxkit'],
    headers: ({ text }) =>
      none(
        message('{release} is the kernel of a container desktop (LinuxKit, Docker Desktop). There is no headers package for it.', {
          release: text,
        }),
      ),
  },
  {
    families: ['openvz'],
    headers: ({ text }) =>
      none(message('{release} is an OpenVZ kernel: only the owner of the host can load modules into it.', { release: text })),
  },
];

function apt(name: string) {
  return ({ text }: Release): Headers => ({ manager: 'apt', packages: [`${name}-${text}`] });
}

function mainline({ text }: Release): NoPackage {
  return none(
    message('{release} is a mainline build for Ubuntu: its headers are .deb files beside the kernel where you downloaded it.', {
      release: text,
    }),
  );
}

/** Renamed in version 6.2.16-7 (Proxmox pve-kernel changelog). */
function proxmox(release: Release): Headers {
  const isNew = compareReleases(release.text, '6.2.16-7-pve') >= 0;
  return apt(isNew ? 'proxmox-headers' : 'pve-headers')(release);
}

/** Raspberry Pi documentation: kernels since Debian 12 have exact packages, the firmware kernels before had one without a number. */
function raspberryPi(release: Release): Headers {
  if (release.generation === 'rpt') return apt('linux-headers')(release);
  return { manager: 'apt', packages: ['raspberrypi-kernel-headers'], exact: false };
}

function enterpriseLinux(release: Release): Headers | NoPackage {
  const { text, generation = '', flavour, architecture } = release;
  // yum of CentOS 6 finds the package by what it provides, whatever its name.
  if (generation === 'el6' && flavour === undefined) {
    return {
      manager: 'yum',
      packages: [`kernel-devel-uname-r == ${text}`],
      removable: [`kernel-devel-${text}`],
    };
  }
  const name = enterpriseVariants(generation).get(flavour ?? '');
  if (name === undefined) {
    return none(
      message('{release} is a rebuilt kernel ({flavour}). Its kernel-devel package comes from whoever built it.', {
        release: text,
        flavour: flavour ?? '',
      }),
    );
  }
  // objtool of the EL8 headers is built on x86 against libelf (kernel-devel-4.18 on x86_64).
  const needsLibelf = generation === 'el8' && architecture === 'x86_64';
  return { ...rpm(release, name), ...(needsLibelf && { tools: ['elfutils-libelf-devel'] }) };
}

/** Variants of the kernel package and the package with their headers (real-time and 64k from memory). */
function enterpriseVariants(generation: string): ReadonlyMap<string, string> {
  return new Map([
    ['', 'kernel-devel'],
    ['rt', 'kernel-rt-devel'],
    ['rt.rt', 'kernel-rt-devel'],
    ['64k', 'kernel-64k-devel'],
    ['debug', 'kernel-debug-devel'],
    ['centos.plus', generation === 'el6' ? 'kernel-devel' : 'kernel-plus-devel'],
  ]);
}

/** Oracle: one repository per UEK generation, not all enabled (Oracle Linux release notes; UEK R8 from memory). */
function unbreakableKernel(release: Release): Headers {
  const generations = new Map([
    ['2.6.39', 'UEKR2'],
    ['3.8.13', 'UEKR3'],
    ['4.1.12', 'UEKR4'],
    ['4.14.35', 'UEKR5'],
    ['5.4.17', 'UEKR6'],
    ['5.15.0', 'UEKR7'],
    ['6.12.0', 'UEKR8'],
  ]);
  const repository = generations.get(release.version.join('.'));
  const headers = rpm(release, 'kernel-uek-devel');
  if (repository === undefined) return headers;
  return { ...headers, notes: [message('The Oracle Linux repository {repository} must be enabled.', { repository })] };
}

/** Amazon Linux 2023 names the package after its kernel series, except for 6.1 (release notes 2023.8.20250721). */
function amazonLinux(release: Release): Headers {
  const series = seriesOf(release);
  const isNamed = release.generation === 'amzn2023' && series !== '6.1';
  return rpm(release, isNamed ? `kernel${series}-devel` : 'kernel-devel');
}

/** ELRepo: kernel-lt follows a long-term series, kernel-ml the newest; the release does not say which. */
function elrepo(release: Release): Headers {
  const longTerm = ['3.10', '4.4', '5.4', '6.1'].includes(seriesOf(release));
  const [name, other] = longTerm ? ['kernel-lt-devel', 'kernel-ml-devel'] : ['kernel-ml-devel', 'kernel-lt-devel'];
  return {
    ...rpm(release, name),
    options: ['--enablerepo=elrepo-kernel'],
    notes: [
      message('ELRepo has long-term and mainline kernels. If {name} is not found, the package is {other}.', { name, other }),
    ],
  };
}

/**
 * SUSE: `uname -r` leaves the rebuild number of the package out, but both packages provide the version without it
 * (kernel-binary.spec, kernel-source.spec; from memory). Both are needed: the objects refer to the sources.
 */
function suse({ text, flavour = 'default' }: Release): Headers {
  const version = text.slice(0, -flavour.length - 1);
  const packages = [`kernel-${flavour}-devel=${version}`, `kernel-devel=${version}`];
  return { manager: 'zypper', packages };
}

/** Arch and Artix keep one version of each kernel (archlinux.org package list). */
function arch({ flavour }: Release): Headers {
  const packages = [flavour === undefined ? 'linux-headers' : `linux-${flavour}-headers`];
  return { manager: 'pacman', packages, exact: false };
}

/** Manjaro has a package per kernel series: linux54-headers for 5.4. */
function manjaro({ version }: Release): Headers {
  return { manager: 'pacman', packages: [`linux${version.slice(0, 2).join('')}-headers`], exact: false };
}

/** Alpine package list (from memory). */
function alpine({ flavour = 'lts' }: Release): Headers {
  return { manager: 'apk', packages: [`linux-${flavour}-dev`], exact: false };
}

/** `NAME-RELEASE`; RPM names do not carry the `+rt` that `uname -r` ends with. */
function rpm({ text, generation = '' }: Release, name: string): Headers & { readonly manager: 'yum' | 'dnf' } {
  const isOld = /^(?:el[567]|amzn[12]|al7|an7|tlinux[12]|tl2|fc[12]\d?|eulerosv2r[1-8])$/.test(generation);
  return { manager: isOld ? 'yum' : 'dnf', packages: [`${name}-${text.replace(/[+].*$/, '')}`] };
}

function none(reason: Message): NoPackage {
  return { kind: 'none', reason };
}
