// Compilers, linkers and the tools that the kernel's build calls.
import { MAKEFILE, SINGLE, type Provocation } from './provocation';

/** The kernel's source, configured. */
const CONFIGURED = 'make -C /usr/src/linux-source-6.1 tinyconfig >/dev/null';

export const TOOLCHAIN_FAULTS: readonly Provocation[] = [
  {
    cause: 'compiler_not_found',
    kernel: 'newest',
    provoke: 'make',
    files: { Makefile: MAKEFILE + SINGLE },
    remedy: {
      script:
        'ln -s gcc-12 /usr/bin/x86_64-linux-gnu-gcc-14; sed -i "/CC_HAS_MIN_FUNCTION_ALIGNMENT\\|OBJTOOL\\|_ORC/d" $TREE/include/config/auto.conf',
    },
    passes: 'make object',
  },
  {
    cause: 'compiler_not_found',
    variant: 'no-gcc',
    prepare: 'mkdir /tmp/away; mv /usr/bin/gcc /usr/bin/gcc-12 /usr/bin/x86_64-linux-gnu-gcc* /usr/bin/cc /tmp/away/',
    provoke: 'make',
    remedy: { script: 'mv /tmp/away/* /usr/bin/' },
  },
  {
    cause: 'compiler_too_old_for_kernel_flags',
    kernel: 'newest',
    provoke: 'make CC=gcc-12',
    files: { Makefile: MAKEFILE + SINGLE },
  },
  {
    cause: 'compiler_too_old_for_kernel_flags',
    variant: 'gcc-11',
    kernel: '6.1',
    provoke: 'make CC=gcc-11',
    passes: 'make CC=gcc-12',
    remedy: { script: 'true' },
  },
  {
    cause: 'gcc_plugin_mismatch',
    prepare: `
cat >/tmp/plugin.cc <<'EOF'
extern "C" int plugin_is_GPL_compatible = 1;
void error(const char *, ...);
extern "C" int plugin_init(void *, void *) { error("incompatible gcc/plugin versions"); return 1; }
EOF
g++ -shared -fPIC -fno-exceptions -o /tmp/structleak_plugin.so /tmp/plugin.cc`,
    provoke: 'make KCFLAGS=-fplugin=/tmp/structleak_plugin.so',
    passes: 'make',
    remedy: { script: 'true' },
  },
  {
    cause: 'wrong_linker',
    provoke: 'make LD=mold',
    passes: 'make LD=ld',
    remedy: { script: 'true' },
  },
  {
    cause: 'gcc_plugin_mismatch',
    variant: 'missing',
    provoke: 'make KCFLAGS=-fplugin=./scripts/gcc-plugins/structleak_plugin.so',
    passes: 'make',
    remedy: { script: 'true' },
  },
  {
    cause: 'kernel_built_with_clang',
    // What Debian's gcc brought to the configuration, a kernel built with clang has not.
    prepare: `sed -i '/RETHUNK\\|FTRACE_MCOUNT_USE_CC\\|INIT_STACK_ALL_ZERO\\|AUTO_VAR_INIT\\|IMPLICIT_FALLTHROUGH/d; s/CONFIG_CC_IS_GCC=y/CONFIG_CC_IS_CLANG=y/; s/CONFIG_GCC_VERSION=.*/CONFIG_GCC_VERSION=0/; s/CONFIG_CLANG_VERSION=.*/CONFIG_CLANG_VERSION=140006/; s/^CONFIG_CC_VERSION_TEXT=.*/CONFIG_CC_VERSION_TEXT="Debian clang version 14.0.6"/' $TREE/include/config/auto.conf`,
    provoke: 'make',
    remedy: 'finding',
    passes: 'make LLVM=1 CC=clang',
  },
  {
    cause: 'compiler_default_pie',
    prepare: "sed -i 's/-fno-PIE//' /usr/src/linux-headers-*-common/Makefile",
    provoke: 'make',
    remedy: { script: 'true' },
    passes: 'make CC="gcc-12 -fno-pie"',
  },
  {
    cause: 'missing_flex_bison',
    hasSource: true,
    prepare: 'mkdir /tmp/away; mv /usr/bin/flex /usr/bin/bison /tmp/away/',
    provoke: 'make -C /usr/src/linux-source-6.1 defconfig',
    remedy: { script: 'mv /tmp/away/* /usr/bin/' },
  },
  {
    cause: 'missing_bc',
    hasSource: true,
    prepare: `${CONFIGURED}\nmkdir /tmp/away; mv /usr/bin/bc /tmp/away/`,
    provoke: 'make -C /usr/src/linux-source-6.1 prepare0',
    remedy: { script: 'mv /tmp/away/* /usr/bin/' },
  },
  {
    cause: 'missing_openssl_dev',
    hasSource: true,
    prepare: `${CONFIGURED}
cd /usr/src/linux-source-6.1
scripts/config -e MODULES -e MODULE_SIG
make olddefconfig >/dev/null
mkdir /tmp/away; mv /usr/include/openssl /tmp/away/`,
    provoke: 'make -C /usr/src/linux-source-6.1 scripts',
    remedy: { script: 'mv /tmp/away/* /usr/include/' },
  },
  {
    cause: 'missing_libelf',
    hasSource: true,
    prepare: `${CONFIGURED}
cd /usr/src/linux-source-6.1
scripts/config -e 64BIT -e MODULES -e UNWINDER_ORC
make olddefconfig >/dev/null
mkdir /tmp/away; mv /usr/include/libelf.h /usr/include/gelf.h /tmp/away/`,
    provoke: 'make -C /usr/src/linux-source-6.1 tools/objtool',
    remedy: { script: 'mv /tmp/away/* /usr/include/' },
  },
  {
    cause: 'sbin_not_in_path',
    provoke: 'PATH=/usr/bin:/bin; insmod demo.ko',
    remedy: { script: 'true' },
    passes: 'PATH=/usr/sbin:$PATH; command -v insmod',
  },
  {
    cause: 'sbin_not_in_path',
    variant: 'make-install',
    files: { Makefile: `${MAKEFILE}\ninstall:\n\tdepmod -a\n` },
    provoke: 'PATH=/usr/bin:/bin; make install',
  },
];
