// dkms, depmod and the index of modules.
import { source, type Provocation } from './provocation';

const DKMS = `PACKAGE_NAME=toa
PACKAGE_VERSION=1.0
BUILT_MODULE_NAME[0]=demo
DEST_MODULE_LOCATION[0]=/updates
MAKE="make KDIR=$kernel_source_dir"
CLEAN=true
AUTOINSTALL=yes
`;
const MODULE = { 'dkms.conf': DKMS, 'demo.c': source('', 'MODULE_VERSION("1.0");') };

export const INSTALL_FAULTS: readonly Provocation[] = [
  {
    cause: 'dkms_already_added',
    files: MODULE,
    prepare: 'dkms add .',
    provoke: 'dkms add .',
    remedy: { script: 'dkms remove toa/1.0 --all; rm -rf /usr/src/toa-1.0' },
  },
  {
    cause: 'dkms_source_missing',
    files: MODULE,
    provoke: 'dkms add -m toa -v 1.0',
    remedy: { script: 'mkdir /usr/src/toa-1.0 && cp * /usr/src/toa-1.0/' },
  },
  {
    // The directory that dkms.conf names for make is not in the copied source.
    cause: 'makefile_not_found',
    files: MODULE,
    provoke: 'mkdir -p src && make -C src',
    remedy: { script: 'cp Makefile demo.c src/' },
  },
  {
    cause: 'dkms_state_broken',
    files: MODULE,
    prepare: 'dkms add . && rm -rf /usr/src/toa-1.0',
    provoke: 'dkms autoinstall -k $R',
    remedy: { script: 'rm -rf /var/lib/dkms/toa' },
  },
  {
    cause: 'dkms_same_version_in_kernel',
    files: MODULE,
    prepare:
      'make && mkdir -p /lib/modules/$R/kernel/net && mv demo.ko /lib/modules/$R/kernel/net/ && make clean KDIR=$TREE || true; rm -f *.o *.ko; touch /lib/modules/$R/modules.order /lib/modules/$R/modules.builtin; depmod -a $R; dkms add .',
    provoke: 'dkms install toa/1.0 -k $R',
    succeeds: true,
    remedy: { script: 'true' },
    passes: 'dkms install toa/1.0 -k $R --force && ls /lib/modules/$R/updates/dkms/demo.ko*',
  },
  {
    cause: 'headers_missing',
    variant: 'dkms',
    running: '6.1.0-999-amd64',
    files: MODULE,
    prepare: 'dkms add .',
    provoke: 'dkms build toa/1.0 -k $R',
    remedy: { script: 'true' },
    passes: 'dkms build toa/1.0 -k $NEWER',
  },
  {
    cause: 'depmod_wrong_basedir',
    files: { Makefile: 'INSTALL_MOD_PATH ?= .\nall:\n\tdepmod -a -b $(INSTALL_MOD_PATH) $(shell uname -r)\n' },
    provoke: 'make',
    prepare: 'touch /lib/modules/$R/modules.order /lib/modules/$R/modules.builtin',
    remedy: { script: 'true' },
    passes: 'depmod -a $R',
  },
  {
    cause: 'module_lost_after_kernel_upgrade',
    files: MODULE,
    prepare: 'touch /lib/modules/$OLDER/modules.order /lib/modules/$OLDER/modules.builtin; dkms install . -k $OLDER',
    provoke: 'uname -a; dkms status; modprobe -S $R demo',
    remedy: { script: 'dkms install toa/1.0 -k $R' },
    passes: 'modinfo -k $R demo && modprobe -n -S $R demo',
  },
];
