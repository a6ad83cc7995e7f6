// Packages of a Red Hat server, by real dnf and rpm on packages made for the test.
import type { Provocation } from './provocation';

const R = '3.10.0-1160.119.1.el7.x86_64';
const BARE = '. $TOOLS/redhat.sh; . $TOOLS/debian.sh; keep_only; install_kernel $R';
/** Debian's headers as the kernel-devel of this kernel. */
const DEVEL = `
. $TOOLS/redhat.sh
devel=/tmp/rpm/root/usr/src/kernels/$R
mkdir -p $devel /tmp/rpm/root/lib/modules/$R
cp -a /usr/src/linux-headers-$NEWER/. $devel/
echo "#define UTS_RELEASE \\"$R\\"" >$devel/include/generated/utsrelease.h
echo $R >$devel/include/config/kernel.release
ln -s /usr/src/kernels/$R /tmp/rpm/root/lib/modules/$R/build
sed -i 's|\\(/usr/src/\\)\\?linux-headers-[0-9.]*-[0-9]*-amd64|/usr/src/kernels/'$R'|' $devel/Makefile
for link in scripts tools; do ln -sfn $(readlink -f /usr/src/linux-headers-$NEWER/$link) $devel/$link; done
make_package kernel-devel 3.10.0 1160.119.1.el7 '' /usr/src/kernels/$R /lib/modules/$R/build
serve
. $TOOLS/debian.sh; keep_only; install_kernel $R`;

export const PACKAGE_FAULTS: readonly Provocation[] = [
  {
    cause: 'headers_missing',
    variant: 'yum',
    running: R,
    needsFacts: true,
    prepare: DEVEL,
    provoke: 'make',
    remedy: 'finding',
  },
  {
    cause: 'kernel_headers_not_devel',
    running: R,
    needsFacts: true,
    prepare: `${BARE}
files /usr/include/linux/own.h
make_package kernel-headers 3.10.0 1160.119.1.el7 '' /usr/include/linux/own.h
rpm -i --force-debian /srv/repository/kernel-headers*.rpm`,
    provoke: 'make',
  },
  {
    cause: 'headers_pkg_not_in_repo',
    variant: 'yum',
    running: R,
    prepare: `${BARE}
files /usr/src/kernels/other/Makefile
make_package kernel-devel 3.10.0 957.el7 '' /usr/src/kernels/other/Makefile
serve`,
    provoke: 'yum install -y kernel-devel-$R',
  },
  {
    cause: 'repo_eol_or_unreachable',
    running: R,
    prepare: `${BARE}
printf '[base]\\nname=CentOS-7 - Base\\nmirrorlist=http://127.0.0.1:9/?release=7\\ngpgcheck=0\\n' >/etc/yum.repos.d/base.repo`,
    provoke: 'yum install -y kernel-devel-$R',
    // The archive, here on the machine itself.
    remedy: {
      script: `
. $TOOLS/redhat.sh
files /usr/src/kernels/own/Makefile
make_package kernel-devel 3.10.0 1160.119.1.el7 '' /usr/src/kernels/own/Makefile
serve`,
    },
  },
  {
    cause: 'rpm_conflict',
    running: R,
    prepare: `${BARE}
files /usr/include/linux/own.h
make_package kernel-headers 3.10.0 1160.el7 '' /usr/include/linux/own.h
rpm -i --force-debian /srv/repository/kernel-headers*.rpm
files /usr/include/linux/own.h
echo other >/tmp/rpm/root/usr/include/linux/own.h
make_package kernel-lt-headers 4.4.240 1.el7 '' /usr/include/linux/own.h`,
    provoke: 'rpm -i --force-debian /srv/repository/kernel-lt-headers*.rpm',
  },
  {
    cause: 'rpm_conflict',
    variant: 'dependency',
    running: R,
    prepare: `${BARE}
files /boot/vmlinuz-own
make_package kernel 2.6.32 220.el6 'Requires: linux-firmware >= 20100806, dracut-kernel >= 004' /boot/vmlinuz-own`,
    provoke: 'rpm -i --force-debian /srv/repository/kernel-2*.rpm',
  },
];
