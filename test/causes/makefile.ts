// The Makefile's own faults.
import { MAKEFILE, SINGLE, USE_OLD_COMPILER, source, type Provocation } from './provocation';

export const MAKEFILE_FAULTS: readonly Provocation[] = [
  {
    cause: 'makefile_missing_separator',
    files: { Makefile: MAKEFILE.replace('\t', '        ') },
    provoke: 'make',
    remedy: { script: "sed -i 's/^        /\\t/' Makefile" },
  },
  {
    cause: 'makefile_missing_separator',
    variant: 'four-blanks',
    files: { Makefile: MAKEFILE.replace('\t', '    ') },
    provoke: 'make',
    remedy: { script: "sed -i 's/^    /\\t/' Makefile" },
  },
  {
    cause: 'path_with_spaces',
    prepare: 'mkdir "my module" && mv Makefile demo.c "my module/"',
    provoke: 'cd "my module" && make',
    remedy: { script: 'mv "my module"/* .' },
    passes: 'make',
  },
  {
    cause: 'path_with_spaces',
    variant: 'colon',
    kernel: '6.12',
    prepare: 'mkdir a:b && mv Makefile demo.c a:b/',
    provoke: 'cd a:b && make',
    remedy: { script: 'mv a:b/* .' },
    passes: 'make',
  },
  {
    cause: 'makefile_subdirs_removed',
    files: { Makefile: MAKEFILE.replace('M=', 'SUBDIRS=') },
    provoke: 'make',
    remedy: { script: "sed -i 's/SUBDIRS=/M=/' Makefile" },
  },
  {
    cause: 'makefile_pwd_empty_sudo',
    files: { Makefile: MAKEFILE.replace('$(CURDIR)', '$(PWD)') },
    provoke: 'env -u PWD make',
    // The failed run has damaged the headers, as the explanation says; another package's are whole.
    remedy: { script: "sed -i 's/(PWD)/(CURDIR)/' Makefile" },
    passes: 'env -u PWD make KDIR=/lib/modules/$OLDER/build',
  },
  {
    cause: 'makefile_extra_cflags_removed',
    kernel: 'newest',
    files: {
      Makefile: `EXTRA_CFLAGS += -I$(src)/include\n${MAKEFILE}${SINGLE}`,
      'demo.c': `#include "own.h"\n${source()}`,
      'include/own.h': '#define OWN 1\n',
    },
    prepare: USE_OLD_COMPILER,
    provoke: 'make object CC=gcc-12',
    remedy: { script: "sed -i 's/^EXTRA_CFLAGS/ccflags-y/' Makefile" },
  },
  {
    cause: 'makefile_uname_r_hardcoded',
    variant: 'dkms',
    files: {
      Makefile: `obj-m := demo.o\nall:\n\tmake -C /lib/modules/$(shell uname -r)/build M=$(CURDIR) modules\n`,
      'dkms.conf':
        'PACKAGE_NAME=toa\nPACKAGE_VERSION=1.0\nBUILT_MODULE_NAME[0]=demo\nDEST_MODULE_LOCATION[0]=/updates\nMAKE="make"\nCLEAN=true\nAUTOINSTALL=yes\n',
    },
    running: '6.1.0-999-amd64',
    prepare: 'dkms add . >/dev/null',
    provoke: 'dkms build toa/1.0 -k $NEWER || { cat /var/lib/dkms/toa/1.0/build/make.log; false; }',
    remedy: {
      script:
        'sed -i \'s|^MAKE=.*|MAKE="make -C \\$kernel_source_dir M=\\$dkms_tree/toa/1.0/build"|\' /usr/src/toa-1.0/dkms.conf',
    },
    passes: 'dkms build toa/1.0 -k $NEWER',
  },
  {
    cause: 'makefile_kbuild_api_changed',
    files: { Makefile: MAKEFILE.replace('modules\n', 'KBUILD_BUILTIN=1\n') },
    provoke: 'make',
    remedy: { script: "sed -i 's/KBUILD_BUILTIN=1/modules/' Makefile" },
  },
];
