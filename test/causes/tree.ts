// Kernel trees that are broken, incomplete or the wrong ones.
import { source, type Provocation } from './provocation';

/** A program that needs a C library that nobody has, as one made on a newer system does. */
const FROM_THE_FUTURE = `
cd /tmp
echo 'void newer(void) {}' >newer.c
echo 'GLIBC_2.99 { newer; };' >newer.map
gcc -shared -fPIC -Wl,--version-script=newer.map,-soname=libc.so.6 -o newer.so newer.c
echo 'void newer(void); void _start(void) { newer(); }' >tool.c
gcc -nostdlib -o tool tool.c ./newer.so`;

export const TREE_FAULTS: readonly Provocation[] = [
  {
    cause: 'headers_corrupt',
    prepare: 'rm $TREE/include/config/auto.conf',
    provoke: 'make',
  },
  {
    cause: 'kernel_source_unprepared',
    hasSource: true,
    prepare: 'mkdir /root/linux && mount --bind /usr/src/linux-source-6.1 /root/linux',
    provoke: 'make KDIR=/root/linux',
    remedy: { script: 'true' },
    passes: 'make',
  },
  {
    cause: 'kdir_wrong',
    hasSource: true,
    prepare: 'ln -s linux-source-6.1 /usr/src/linux',
    provoke: 'make KDIR=/usr/src/linux',
    remedy: { script: 'true' },
    passes: 'make',
  },
  {
    cause: 'kernel_source_incomplete',
    variant: 'objtool',
    prepare: 'rm -f $(readlink -f $TREE/tools)/objtool/objtool',
    provoke: 'make',
    remedy: { script: 'true' },
    passes: 'make KDIR=/lib/modules/5.10*-46-amd64/build CC=gcc-12',
  },
  {
    cause: 'kernel_source_incomplete',
    variant: 'module-lds',
    prepare: 'rm -f $TREE/arch/x86/module.lds $TREE/scripts/module.lds $(readlink -f $TREE/scripts)/module.lds; true',
    provoke: 'make',
  },
  {
    cause: 'kernel_source_incomplete',
    variant: 'modpost',
    kernel: '6.12',
    prepare: 'rm -f $(readlink -f $TREE/scripts)/mod/modpost',
    provoke: 'make',
  },
  {
    cause: 'kernel_source_incomplete',
    variant: 'fixdep',
    kernel: '5.10',
    prepare: 'rm -f $(readlink -f $TREE/scripts)/basic/fixdep',
    provoke: 'make CC=gcc-12',
  },
  {
    cause: 'kernel_source_incomplete',
    variant: 'arch-makefile',
    prepare: 'rm -f /usr/src/linux-headers-*-common/arch/x86/Makefile',
    provoke: 'make',
  },
  {
    cause: 'header_tools_glibc_too_new',
    kernel: 'newest',
    prepare: `sed -i "/CC_HAS_MIN_FUNCTION_ALIGNMENT/d" $TREE/include/config/auto.conf`,
    provoke: 'make CC=gcc-12',
  },
  {
    cause: 'header_tools_glibc_too_new',
    variant: 'fixdep',
    prepare: `${FROM_THE_FUTURE}
cp tool $(readlink -f $TREE/scripts)/basic/fixdep`,
    provoke: 'make',
  },
  {
    cause: 'header_tools_wrong_arch',
    // The machine in the ELF header becomes that of ARM.
    prepare: `for tool in basic/fixdep mod/modpost; do printf '\\267' | dd of=$(readlink -f $TREE/scripts)/$tool bs=1 seek=18 conv=notrunc status=none; done`,
    provoke: 'make',
    passes: 'make KDIR=/lib/modules/$OLDER/build',
  },
  {
    cause: 'module_symvers_missing',
    prepare: 'rm $TREE/Module.symvers',
    files: { 'demo.c': source('\tpr_info("loaded");') },
    provoke: 'make',
    succeeds: true,
    passes: 'make KDIR=/lib/modules/$OLDER/build',
  },
  {
    cause: 'module_symvers_missing',
    variant: 'warned',
    kernel: '5.10',
    prepare: 'rm $TREE/Module.symvers',
    files: { 'demo.c': source('\tpr_info("loaded");') },
    provoke: 'make CC=gcc-12',
    succeeds: true,
  },
  {
    cause: 'disk_full',
    prepare: 'mkdir small && mount -t tmpfs -o size=32k none small && mv Makefile demo.c small/',
    provoke: 'cd small && make',
    remedy: { script: 'mount -o remount,size=8m small' },
  },
  {
    cause: 'directory_not_writable',
    prepare: 'chmod 755 .',
    provoke: 'setpriv --reuid=65534 --regid=65534 --clear-groups make',
    remedy: { script: 'cp -r . /tmp/own; chown -R 65534 /tmp/own' },
    passes: 'cd /tmp/own && setpriv --reuid=65534 --regid=65534 --clear-groups make',
  },
  {
    cause: 'directory_not_writable',
    variant: 'read-only',
    prepare: 'mkdir disk && mount -t tmpfs none disk && mv Makefile demo.c disk/ && mount -o remount,ro disk',
    provoke: 'cd disk && make',
    remedy: { script: 'mount -o remount,rw disk' },
  },
];
