import type { ReleaseParts } from './release';

interface ReleasePattern {
  /** Matches all that follows the version numbers. Has at least one named group. */
  readonly pattern: RegExp;
  readonly parts: (groups: Readonly<Record<string, string | undefined>>) => ReleaseParts;
}

const ubuntuFlavours =
  'generic|lowlatency|virtual|server|aws|azure|gcp|gke|gkeop|ibm|kvm|oracle|oem|raspi2?|nvidia|intel|realtime|fips|bluefield|snapdragon|xilinx|starfive|laptop';
const suseFlavours = 'default|azure|preempt|rt|rt_debug|kvmsmall|longterm|desktop|xen|ec2|trace|pae|debug|64kb';
const debianMachines =
  'amd64|arm64|686|686-pae|486|armmp|armmp-lpae|armel|marvell|rpi|powerpc64le|powerpc64|ppc64el|s390x|riscv64|loong64|alpha-generic|alpha-smp|4kc-malta|5kc-malta|octeon|loongson-3|mips64r2el|mips32r2el';

/** Shapes of the releases that do not come from an RPM, the most telling first. Sources: `uname -r` outputs of each distribution. */
export const releasePatterns: readonly ReleasePattern[] = [
  {
    pattern: /^(?:-(?<build>\d+))?-(?<flavour>microsoft(?:-standard)?)(?:-(?<generation>WSL\d+))?\+?$/i,
    parts: ({ build, flavour, generation }) => ({
      family: 'wsl',
      build,
      flavour,
      generation: generation ?? (flavour === 'Microsoft' ? 'WSL1' : 'WSL2'),
    }),
  },
  {
    pattern: /^[-.].*?(?<flavour>linuxkit|boot2docker|orbstack)/,
    parts: ({ flavour }) => ({ family: 'linuxkit', flavour }),
  },
  { pattern: /^-(?<build>\d+)-(?<flavour>pve)$/, parts: (groups) => ({ family: 'proxmox', ...groups }) },
  {
    // 6.6.31+rpt-rpi-v8, 6.1.0-rpi7-rpi-v8: kernels packaged by Raspberry Pi since Debian 12.
    pattern: /^(?:\+rpt(?<build>\d*)|-rpi(?<old>\d+))-(?<flavour>rpi(?:-\w+)+)$/,
    parts: ({ build, old, flavour }) => ({ family: 'raspberrypi', build: build ?? old, flavour, generation: 'rpt' }),
  },
  {
    // 5.10.17-v7l+: the firmware kernels before that. The first boards run plain `4.19.75+`, which looks self-built.
    pattern: /^-(?<flavour>v7|v7l|v8|v8-16k)\+?$/,
    parts: ({ flavour }) => ({ family: 'raspberrypi', flavour, generation: 'firmware' }),
  },
  {
    pattern: /^-(?<build>0\d{5}(?:rc\d+)?|\d{6}(?:rc\d+)?)-(?<flavour>[a-z][\w-]*)$/,
    parts: (groups) => ({ family: 'ubuntu-mainline', ...groups }),
  },
  {
    pattern: new RegExp(`^-(?<build>\\d+)-(?<flavour>(?:${ubuntuFlavours})(?:-[a-z0-9]+)*)$`),
    parts: (groups) => ({ family: 'ubuntu', ...groups }),
  },
  {
    pattern: new RegExp(
      `^(?<suffix>[+~][\\w.+~]+)?(?:-(?<build>(?:kali)?\\d[\\w.+~]*))?-(?<flavour>(?:(?:cloud|rt|openvz|xen|vserver)-)*(?<architecture>${debianMachines}))$`,
    ),
    parts: ({ suffix = '', build = '', flavour, architecture }) => ({
      family: 'debian',
      build: build === '' ? suffix.replace(/^[+~]/, '') : build,
      flavour,
      architecture,
      generation: /(deb\d+|bpo\d*)/.exec(suffix + '.' + build)?.[1],
    }),
  },
  {
    pattern: /^-(?<build>\d+)-(?<flavour>virt|vanilla|edge|stable|grsec|virthardened|virtgrsec|rpi\d?)$/,
    parts: (groups) => ({ family: 'alpine', ...groups }),
  },
  // Arch numbers its packages from 1, Alpine from 0; an Alpine kernel that was rebuilt reads like one of Arch.
  { pattern: /^-(?<build>0)-(?<flavour>lts|hardened)$/, parts: (groups) => ({ family: 'alpine', ...groups }) },
  {
    // 5.3.18-lp152.57-default of Leap, 4.15.2-1.gb34965a-default of the build service.
    pattern: new RegExp(`^-(?<build>(?:lp)?[\\d.]+(?:\\.g[0-9a-f]{7,})?)-(?<flavour>${suseFlavours})$`),
    parts: (groups) => ({ family: 'suse', ...groups }),
  },
  { pattern: /^-(?<build>\d+)-(?<flavour>MANJARO)$/, parts: ({ build }) => ({ family: 'manjaro', build }) },
  {
    pattern: /^-(?<build>\d+)-(?<flavour>lts|ARCH|cachyos(?:-[a-z]+)*)$/,
    parts: ({ build, flavour }) => ({ family: 'arch', build, flavour: flavour === 'ARCH' ? undefined : flavour }),
  },
  {
    pattern: /^[-.](?:arch|artix)(?<build>\d+-\d+)$/,
    parts: ({ build }) => ({ family: 'arch', build }),
  },
  {
    pattern: /^[-.](?:zen|hardened|realtime|rt|lts)(?<build>[\d.]+-[\d.]+)-(?<flavour>zen|hardened|rt|rt-lts)$/,
    parts: (groups) => ({ family: 'arch', ...groups }),
  },
  {
    pattern: /^-(?<build>\d+)-(?<generation>tlinux\d+)(?<flavour>_\w+)?/,
    parts: ({ generation, build }) => ({ family: 'tencentos', build, generation }),
  },
  { pattern: /^-(?<build>\d{1,3}-\d{4}(?:\.\d+)*)$/, parts: ({ build }) => ({ family: 'tencentos', build }) },
];
