import type { FakeSystem } from './fakeRoot';

const CONFIG_6_1 = `CONFIG_CC_VERSION_TEXT="gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0"
CONFIG_GCC_VERSION=120200
# CONFIG_PREEMPT is not set
CONFIG_PREEMPT_DYNAMIC=y
CONFIG_SMP=y
CONFIG_MODULES=y
CONFIG_MODULE_UNLOAD=y
CONFIG_MODVERSIONS=y
CONFIG_MODULE_SIG=y
# CONFIG_MODULE_SIG_FORCE is not set
CONFIG_E1000=m
CONFIG_IPV6=y
CONFIG_X86_KERNEL_IBT=y
`;

/** A tree of headers like those that distributions package. */
function headers(path: string, release: string, config: string, more: Readonly<Record<string, string>> = {}) {
  return {
    [`${path}/Makefile`]: 'VERSION = 0\n',
    [`${path}/Module.symvers`]: '0x12345678\ttcp_hashinfo\tvmlinux\tEXPORT_SYMBOL\n',
    [`${path}/include/config/auto.conf`]: config,
    [`${path}/include/generated/utsrelease.h`]: `#define UTS_RELEASE "${release}"\n`,
    [`${path}/scripts/mod/modpost`]: '',
    ...more,
  };
}

function debianHeaders(release: string) {
  const path = `/usr/src/linux-headers-${release}`;
  return headers(path, release, CONFIG_6_1, {
    [`${path}/Makefile`]: `include /usr/src/linux-headers-${release.replace('-amd64', '-common')}/Makefile\n`,
    [`${path}/.kernelvariables`]: `override ARCH = x86
override KERNELRELEASE = ${release}
CCACHE = ccache
CC = $(if $(DEBIAN_KERNEL_USE_CCACHE),$(CCACHE)) $(CROSS_COMPILE)gcc-12
ifneq ($(DEB_BUILD_ARCH),$(DEB_HOST_ARCH))
override CROSS_COMPILE = $(DEB_HOST_GNU_TYPE)-
endif
`,
    [`${path}/include/config/kernel.release`]: '6.1.176\n',
    [`/var/lib/dpkg/info/linux-headers-${release}.list`]: `${path}\n`,
    [`${path.replace('-amd64', '-common')}/Makefile`]: 'VERSION = 6\nCC\t\t= $(CROSS_COMPILE)gcc\n',
  });
}

const DEBIAN_12 = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
`;

const UBUNTU_22 = `PRETTY_NAME="Ubuntu 22.04.3 LTS"
NAME="Ubuntu"
VERSION_ID="22.04"
VERSION="22.04.3 LTS (Jammy Jellyfish)"
VERSION_CODENAME=jammy
ID=ubuntu
ID_LIKE=debian
UBUNTU_CODENAME=jammy
`;

const ROOT = { uid: 0, name: 'root', groups: 'root' };
const GLIBC = (version: string) => ({ GNU_LIBC_VERSION: `glibc ${version}` });

const debianBase = {
  uname: { release: '6.1.0-50-amd64', version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-07-02)' },
  files: {
    '/etc/os-release': DEBIAN_12,
    '/etc/debian_version': '12.15\n',
    '/proc/version':
      'Linux version 6.1.0-50-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-07-02)\n',
    '/proc/cmdline': 'BOOT_IMAGE=/boot/vmlinuz-6.1.0-50-amd64 root=UUID=1 ro quiet token=secret\n',
    '/proc/1/status': 'Name:\tsystemd\nUmask:\t0000\n',
    '/proc/modules': 'nf_tables 278528 0 - Live 0x0000000000000000\n',
    '/proc/sys/kernel/modules_disabled': '0\n',
    '/boot/config-6.1.0-50-amd64': CONFIG_6_1,
    '/boot/vmlinuz-6.1.0-50-amd64': '',
    '/sys/kernel/security/lockdown': '[none] integrity confidentiality\n',
    '/sys/module/module/parameters/sig_enforce': 'N\n',
  },
  commands: {
    'apt-get': {},
    getconf: GLIBC('2.36'),
    make: { '--version': 'GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu' },
    gcc: { '--version': 'gcc (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright' },
    'gcc-12': {},
    'x86_64-linux-gnu-gcc-12': {},
    sudo: {},
    modinfo: { '-F vermagic': '6.1.0-50-amd64 SMP preempt mod_unload modversions ' },
  },
} as const;

const debianPackages = (headersOf: string) => ({
  '-W': `install ok installed gcc 4:12.2.0-3
install ok installed gcc-12 12.2.0-14+deb12u1
unknown ok not-installed linux-headers-3.0
install ok installed linux-headers-${headersOf} 6.1.176-1
install ok installed linux-image-6.1.0-50-amd64 6.1.176-1
deinstall ok config-files linux-image-6.1.0-9-amd64 6.1.27-1
install ok installed make 4.3-4.1`,
});

/** All is well, and an older module is loaded. */
const debianHealthy: FakeSystem = {
  ...debianBase,
  id: { uid: 1000, name: 'ops', groups: 'ops adm sudo' },
  files: {
    ...debianBase.files,
    ...debianHeaders('6.1.0-50-amd64'),
    ...debianHeaders('6.1.0-47-amd64'),
    '/proc/modules': 'toa 20480 0 - Live 0x0000000000000000 (OE)\nnf_tables 278528 0 - Live 0x0000000000000000\n',
    '/sys/module/toa/version': '1.0\n',
    '/sys/module/toa/srcversion': '533BB7E5866E52F63B9ACCB\n',
    '/sys/module/toa/parameters/kinds': '200,254,253\n',
    '/lib/modules/6.1.0-50-amd64/kernel/net/ipv4/ip_gre.ko': '',
    '/lib/modules/6.1.0-50-amd64/updates/dkms/toa.ko': '',
    '/etc/modules-load.d/toa.conf': '# TOA\ntoa\n',
    '/etc/modules-load.d/other.conf': '# not toa\ntoaster\n',
  },
  links: {
    '/lib/modules/6.1.0-50-amd64/build': '/usr/src/linux-headers-6.1.0-50-amd64',
    '/lib/modules/6.1.0-50-amd64/source': '/usr/src/linux-headers-6.1.0-50-common',
    '/lib/modules/6.1.0-47-amd64/build': '/usr/src/linux-headers-6.1.0-47-amd64',
  },
  commands: { ...debianBase.commands, 'dpkg-query': debianPackages('6.1.0-50-amd64') },
};

/** Somebody followed a guide: `build` of the running kernel leads to the headers of another. */
const debianWrongLink: FakeSystem = {
  ...debianBase,
  id: ROOT,
  files: {
    ...debianBase.files,
    ...debianHeaders('6.1.0-47-amd64'),
    '/lib/modules/6.1.0-50-amd64/kernel/net/ipv4/ip_gre.ko': '',
  },
  links: { '/lib/modules/6.1.0-50-amd64/build': '/usr/src/linux-headers-6.1.0-47-amd64' },
  commands: { ...debianBase.commands, 'dpkg-query': debianPackages('6.1.0-47-amd64') },
};

/** Before os-release, and UTS_RELEASE in its old place. */
const centos6: FakeSystem = {
  uname: { release: '2.6.32-754.35.1.el6.x86_64', version: '#1 SMP Sat Nov 7 12:42:14 UTC 2020' },
  id: { uid: 500, name: 'deploy', groups: 'deploy wheel' },
  directories: ['/var/lib/rpm'],
  files: {
    '/etc/centos-release': 'CentOS release 6.10 (Final)\n',
    '/proc/version':
      'Linux version 2.6.32-754.35.1.el6.x86_64 (mockbuild@x86-01.bsys.centos.org) (gcc version 4.4.7 20120313 (Red Hat 4.4.7-23) (GCC) ) #1 SMP Sat Nov 7 12:42:14 UTC 2020\n',
    '/proc/cmdline': 'ro root=/dev/mapper/vg-root rhgb quiet\n',
    '/proc/1/status': 'Name:\tinit\n',
    '/boot/vmlinuz-2.6.32-754.35.1.el6.x86_64': '',
    '/boot/config-2.6.32-754.35.1.el6.x86_64': 'CONFIG_SMP=y\nCONFIG_MODVERSIONS=y\nCONFIG_MODULE_SIG=y\n',
    '/lib/modules/2.6.32-754.35.1.el6.x86_64/kernel/net/ipv4/ip_gre.ko': '',
    '/lib/modules/2.6.32-754.35.1.el6.x86_64/extra/toa.ko': '',
    '/usr/src/kernels/2.6.32-754.35.1.el6.x86_64/Makefile': 'CC\t\t= $(CROSS_COMPILE)gcc\n',
    '/usr/src/kernels/2.6.32-754.35.1.el6.x86_64/Module.symvers': '',
    '/usr/src/kernels/2.6.32-754.35.1.el6.x86_64/include/config/auto.conf': 'CONFIG_SMP=y\nCONFIG_MODVERSIONS=y\n',
    '/usr/src/kernels/2.6.32-754.35.1.el6.x86_64/include/generated/compile.h':
      '#define LINUX_COMPILER "gcc version 4.4.7 20120313 (Red Hat 4.4.7-23) (GCC) "\n',
    '/usr/src/kernels/2.6.32-754.35.1.el6.x86_64/include/linux/utsrelease.h':
      '#define UTS_RELEASE "2.6.32-754.35.1.el6.x86_64"\n',
    '/usr/src/kernels/2.6.32-754.35.1.el6.x86_64/scripts/mod/modpost': '',
    '/etc/rc.d/rc.local': '#!/bin/sh\n#insmod /root/old/toa.ko.bak\ninsmod /root/toa.ko\n',
    '/etc/sysconfig/modules/toa.modules': '#!/bin/sh\n/sbin/modprobe toa\n',
  },
  links: {
    '/etc/redhat-release': 'centos-release',
    '/etc/system-release': 'centos-release',
    '/etc/rc.local': 'rc.d/rc.local',
    '/lib/modules/2.6.32-754.35.1.el6.x86_64/build': '../../../usr/src/kernels/2.6.32-754.35.1.el6.x86_64',
    '/lib/modules/2.6.32-754.35.1.el6.x86_64/source': 'build',
  },
  commands: {
    yum: {},
    rpm: {
      '-qa': `kernel 2.6.32-754.35.1.el6.x86_64
kernel-firmware 2.6.32-754.35.1.el6.noarch
kernel-devel 2.6.32-754.35.1.el6.x86_64
gcc 4.4.7-23.el6.x86_64
make 3.81-23.el6.x86_64`,
      '-qf': 'kernel-devel-2.6.32-754.35.1.el6.x86_64',
    },
    getconf: GLIBC('2.12'),
    gcc: { '--version': 'gcc (GCC) 4.4.7 20120313 (Red Hat 4.4.7-23)\nCopyright' },
    make: { '--version': 'GNU Make 3.81\nCopyright' },
    modinfo: { '-F vermagic': '2.6.32-754.35.1.el6.x86_64 SMP mod_unload modversions ' },
    sudo: {},
  },
};

/** The headers are for the kernel before the last update, and `build` of the running one dangles. */
const centos7Dangling: FakeSystem = {
  uname: { release: '3.10.0-1160.119.1.el7.x86_64', version: '#1 SMP Tue Jun 4 14:43:51 UTC 2024' },
  id: ROOT,
  directories: [
    '/var/lib/rpm',
    '/lib/modules/3.10.0-957.el7.x86_64/kernel',
    '/lib/modules/3.10.0-1160.119.1.el7.x86_64/kernel',
  ],
  files: {
    '/etc/os-release': `NAME="CentOS Linux"
VERSION="7 (Core)"
ID="centos"
ID_LIKE="rhel fedora"
VERSION_ID="7"
PRETTY_NAME="CentOS Linux 7 (Core)"
`,
    '/etc/centos-release': 'CentOS Linux release 7.9.2009 (Core)\n',
    '/proc/version':
      'Linux version 3.10.0-1160.119.1.el7.x86_64 (mockbuild@kbuilder.bsys.centos.org) (gcc version 4.8.5 20150623 (Red Hat 4.8.5-44) (GCC) ) #1 SMP Tue Jun 4 14:43:51 UTC 2024\n',
    '/proc/cmdline': 'BOOT_IMAGE=/vmlinuz-3.10.0-1160.119.1.el7.x86_64 root=/dev/mapper/centos-root ro\n',
    '/proc/1/status': 'Name:\tsystemd\n',
    '/proc/sys/kernel/modules_disabled': '0\n',
    '/boot/vmlinuz-3.10.0-1160.119.1.el7.x86_64': '',
    '/boot/vmlinuz-3.10.0-957.el7.x86_64': '',
    '/boot/config-3.10.0-1160.119.1.el7.x86_64':
      'CONFIG_SMP=y\nCONFIG_MODVERSIONS=y\nCONFIG_MODULE_SIG=y\nCONFIG_RETPOLINE=y\n',
    '/sys/module/module/parameters/sig_enforce': 'N\n',
    ...headers(
      '/usr/src/kernels/3.10.0-957.el7.x86_64',
      '3.10.0-957.el7.x86_64',
      'CONFIG_SMP=y\nCONFIG_MODVERSIONS=y\n',
      {
        '/usr/src/kernels/3.10.0-957.el7.x86_64/include/generated/compile.h':
          '#define LINUX_COMPILER "gcc version 4.8.5 20150623 (Red Hat 4.8.5-36) (GCC) "\n',
      },
    ),
  },
  links: {
    '/etc/redhat-release': 'centos-release',
    '/lib/modules/3.10.0-957.el7.x86_64/build': '/usr/src/kernels/3.10.0-957.el7.x86_64',
    '/lib/modules/3.10.0-957.el7.x86_64/source': 'build',
    '/lib/modules/3.10.0-1160.119.1.el7.x86_64/build': '/usr/src/kernels/3.10.0-1160.119.1.el7.x86_64',
    '/lib/modules/3.10.0-1160.119.1.el7.x86_64/source': 'build',
  },
  commands: {
    yum: {},
    rpm: {
      '-qa': `kernel 3.10.0-957.el7.x86_64
kernel 3.10.0-1160.119.1.el7.x86_64
kernel-devel 3.10.0-957.el7.x86_64
kernel-headers 3.10.0-1160.119.1.el7.x86_64
kernel-tools 3.10.0-1160.119.1.el7.x86_64
gcc 4.8.5-44.el7.x86_64`,
      '-qf': 'kernel-devel-3.10.0-957.el7.x86_64',
    },
    getconf: GLIBC('2.17'),
    gcc: { '--version': 'gcc (GCC) 4.8.5 20150623 (Red Hat 4.8.5-44)\nCopyright' },
    make: { '--version': 'GNU Make 3.82\nBuilt for x86_64-redhat-linux-gnu' },
  },
};

const ubuntuRelease = '5.15.0-91-generic';
const ubuntuVersion = '#101-Ubuntu SMP Tue Nov 14 13:30:08 UTC 2023';
const ubuntuProcVersion = `Linux version ${ubuntuRelease} (buildd@lcy02-amd64-045) (gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0, GNU ld (GNU Binutils for Ubuntu) 2.38) ${ubuntuVersion}\n`;
const ubuntuHeaders = headers(
  `/usr/src/linux-headers-${ubuntuRelease}`,
  ubuntuRelease,
  'CONFIG_CC_VERSION_TEXT="gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0"\nCONFIG_SMP=y\nCONFIG_MODVERSIONS=y\n',
  { [`/var/lib/dpkg/info/linux-headers-${ubuntuRelease}.list`]: '' },
);
const ubuntuCommands = {
  'apt-get': {},
  'dpkg-query': {
    '-W': `install ok installed dkms 2.8.7-2ubuntu2.2
install ok installed gcc 4:11.2.0-1ubuntu1
install ok installed linux-headers-5.15.0-91-generic 5.15.0-91.101
install ok installed linux-headers-generic 5.15.0.91.88
install ok installed linux-image-5.15.0-91-generic 5.15.0-91.101`,
  },
  getconf: GLIBC('2.35'),
  gcc: { '--version': 'gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0\nCopyright' },
  make: { '--version': 'GNU Make 4.3' },
  dkms: {},
  mokutil: {},
  sudo: {},
};

/** Headers are right; Secure Boot and lockdown refuse an unsigned module. */
const ubuntuSecureBoot: FakeSystem = {
  uname: { release: ubuntuRelease, version: ubuntuVersion },
  id: { uid: 1000, name: 'ubuntu', groups: 'ubuntu adm sudo' },
  files: {
    ...ubuntuHeaders,
    '/etc/os-release': UBUNTU_22,
    '/etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=22.04\nDISTRIB_CODENAME=jammy\n',
    '/etc/debian_version': 'bookworm/sid\n',
    '/proc/version': ubuntuProcVersion,
    '/proc/cmdline': 'BOOT_IMAGE=/vmlinuz ro quiet module.sig_enforce=1\n',
    '/proc/1/status': 'Name:\tsystemd\n',
    '/proc/sys/kernel/modules_disabled': '0\n',
    [`/boot/config-${ubuntuRelease}`]: 'CONFIG_SMP=y\nCONFIG_MODULE_SIG=y\nCONFIG_SECURITY_LOCKDOWN_LSM=y\n',
    [`/boot/vmlinuz-${ubuntuRelease}`]: '',
    [`/lib/modules/${ubuntuRelease}/kernel/net/ipv4/ip_gre.ko`]: '',
    '/sys/kernel/security/lockdown': 'none [integrity] confidentiality\n',
    '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c': '\u0006\u0000\u0000\u0000\u0001',
  },
  links: { [`/lib/modules/${ubuntuRelease}/build`]: `/usr/src/linux-headers-${ubuntuRelease}` },
  commands: ubuntuCommands,
};

/** musl, busybox, and no header package. */
const alpine: FakeSystem = {
  uname: { release: '6.6.41-0-lts', version: '#1-Alpine SMP PREEMPT_DYNAMIC 2024-07-19 05:46:56' },
  id: ROOT,
  directories: ['/lib/apk/db', '/lib/modules/6.6.41-0-lts/kernel'],
  files: {
    '/etc/os-release':
      'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.20.2\nPRETTY_NAME="Alpine Linux v3.20"\nHOME_URL="https://alpinelinux.org/"\n',
    '/etc/alpine-release': '3.20.2\n',
    '/proc/version':
      'Linux version 6.6.41-0-lts (buildozer@build-3-20-x86_64) (gcc (Alpine 13.2.1_git20240309) 13.2.1 20240309, GNU ld (GNU Binutils) 2.42) #1-Alpine SMP PREEMPT_DYNAMIC 2024-07-19 05:46:56\n',
    '/proc/cmdline': 'BOOT_IMAGE=vmlinuz-lts modules=sd-mod,usb-storage,ext4 quiet\n',
    '/proc/1/status': 'Name:\tinit\n',
    '/proc/sys/kernel/modules_disabled': '0\n',
    '/boot/vmlinuz-lts': '',
    '/usr/share/kernel/lts/kernel.release': '6.6.41-0-lts\n',
    '/etc/modules': 'af_packet\nipv6\n',
  },
  commands: {
    apk: { 'info -v': 'alpine-base-3.20.2-r0\nlinux-lts-6.6.41-r0\nlinux-firmware-none-20240513-r0\nmake-4.4.1-r2' },
    ldd: { '--version': 'musl libc (x86_64)\nVersion 1.2.5\nDynamic Program Loader' },
    make: { '--version': 'GNU Make 4.4.1' },
  },
};

/** Headers of Ubuntu's own kernel in a WSL 2 machine, whose kernel is Microsoft's. */
const wsl: FakeSystem = {
  uname: { release: '5.15.153.1-microsoft-standard-WSL2', version: '#1 SMP Fri Mar 29 23:14:13 UTC 2024' },
  id: { uid: 1000, name: 'me', groups: 'me adm sudo docker' },
  files: {
    ...ubuntuHeaders,
    '/etc/os-release': UBUNTU_22,
    '/proc/version':
      'Linux version 5.15.153.1-microsoft-standard-WSL2 (root@941d701f84f1) (gcc (GCC) 11.2.0, GNU ld (GNU Binutils) 2.37) #1 SMP Fri Mar 29 23:14:13 UTC 2024\n',
    '/proc/cmdline': 'initrd=\\initrd.img WSL_ROOT_INIT=1 panic=-1\n',
    '/proc/1/status': 'Name:\tsystemd\n',
    '/proc/sys/kernel/modules_disabled': '0\n',
    '/run/systemd/container': 'wsl\n',
  },
  links: { [`/lib/modules/${ubuntuRelease}/build`]: `/usr/src/linux-headers-${ubuntuRelease}` },
  commands: ubuntuCommands,
};

/** A Debian image on an Ubuntu host: the kernel and the userland are of different distributions. */
const container: FakeSystem = {
  uname: { release: ubuntuRelease, version: ubuntuVersion },
  id: ROOT,
  files: {
    '/etc/os-release': DEBIAN_12,
    '/etc/debian_version': '12.15\n',
    '/.dockerenv': '',
    '/proc/version': ubuntuProcVersion,
    '/proc/cmdline': 'BOOT_IMAGE=/vmlinuz ro quiet\n',
    '/proc/1/status': 'Name:\tbash\n',
    '/proc/1/cgroup': '0::/\n',
    '/proc/self/mountinfo': `1058 811 0:155 / / rw,relatime master:413 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A
1073 1058 259:2 /var/lib/docker/containers/f00/resolv.conf /etc/resolv.conf rw,relatime - ext4 /dev/nvme0n1p2 rw
1074 1058 259:2 /var/lib/docker/containers/f00/hostname /etc/hostname rw,relatime - ext4 /dev/nvme0n1p2 rw
`,
  },
  commands: {
    'apt-get': {},
    'dpkg-query': { '-W': 'unknown ok not-installed linux-image-3.0' },
    getconf: GLIBC('2.36'),
  },
};

/** By the name of their fixture in test/fixtures/facts. */
export const SYSTEMS: Readonly<Record<string, FakeSystem>> = {
  'debian12-healthy': debianHealthy,
  'debian12-wrong-link': debianWrongLink,
  centos6,
  'centos7-dangling': centos7Dangling,
  'ubuntu2204-secure-boot': ubuntuSecureBoot,
  alpine,
  wsl,
  container,
};
