// The modules that the guest loads, built in a machine (site.sh) against the headers of Debian's kernels.
import { readFile } from 'node:fs/promises';
import type { ArchiveFile } from '../vm/initramfs';
import type { Site } from './site';

const module = (body: string, declarations = ''): string => `#include <linux/module.h>
#include <linux/kernel.h>
${declarations}
static int __init own_init(void)
{
${body}
	return 0;
}

static void __exit own_exit(void)
{
}

module_init(own_init);
module_exit(own_exit);
MODULE_LICENSE("GPL");
`;

const EXPORTS = 'void toa_hook(void);\nvoid toa_hook(void)\n{\n}\nEXPORT_SYMBOL(toa_hook);';
const WRITE_TO_TABLE = '	((char *)hex_asc)[0] = 1;';

const SOURCES: Readonly<Record<string, string>> = {
  good: module('	pr_info("good: here\\n");'),
  first: module('', EXPORTS),
  second: module('', EXPORTS),
  unknown: module('	return kallsyms_lookup_name("tcp_v4_rcv") == 0;', '#include <linux/kallsyms.h>'),
  failing: module(
    '	if (!device) {\n		pr_err("failing: no device found, give the module parameter device\\n");\n		return -ENODEV;\n	}',
    'static int device;\nmodule_param(device, int, 0);',
  ),
  huge: module('	memset(area, 1, 8);', '#include <linux/string.h>\nstatic char area[1006 << 20];'),
  relocation: module('	asm volatile(".reloc ., R_X86_64_GOTPCRELX, _printk\\n\\t.byte 0,0,0,0");'),
  rodata: module(WRITE_TO_TABLE),
  cr0: module(`	write_cr0(read_cr0() & ~X86_CR0_WP);\n${WRITE_TO_TABLE}`, '#include <asm/special_insns.h>'),
  crash: module('	*(volatile int *)8 = 1;'),
};

/** Builds them for a kernel; `second` by itself, since modpost sees that it exports what `first` does. */
const build = (directory: string, kernel: string, names: readonly string[], more = ''): string => `
mkdir -p /tmp/${directory}
cd /tmp/${directory}
cp ${names.map((name) => `/srv/toa/${name}.c`).join(' ')} .
echo 'obj-m := ${names.map((name) => `${name}.o`).join(' ')}' >Makefile
make -C /lib/modules/${kernel}/build M=/tmp/${directory} KBUILD_MODPOST_WARN=1 CC=gcc-12 ${more} modules || exit 1
`;

/** Releases of the cloud kernels: the guest's own, an older revision, and the other flavour of its own. */
export interface GuestKernels {
  readonly own: string;
  readonly older: string;
  readonly otherFlavour: string;
  /** A kernel of a newer series. */
  readonly newer: string;
}

const script = ({ own, older, otherFlavour, newer }: GuestKernels): string => `
${build(
  'own',
  own,
  Object.keys(SOURCES).filter((name) => name !== 'second'),
)}
${build('second', own, ['second'])}
${build('flavour', otherFlavour, ['good'])}
${build('newer', newer, ['good'])}
# Headers that somebody configured anew.
sed -i '/CONFIG_MODULE_UNLOAD /d' /lib/modules/${own}/build/include/generated/autoconf.h
${build('reconfigured', own, ['good'])}
mv /lib/modules/${older}/build/Module.symvers /tmp/
${build('without', older, ['good'])}
echo 'int x;' | gcc -m32 -c -x c -o /tmp/i386.ko -
`;

/** Builds everything; gives the files by the names under which the guest loads them. Rejects with the end of make's output. */
export async function guestModules(site: Site, kernels: GuestKernels): Promise<readonly ArchiveFile[]> {
  for (const [name, text] of Object.entries(SOURCES)) await site.write(`${name}.c`, text);
  const { code, output } = await site.sh(script(kernels));
  if (code !== 0) throw new Error(output.slice(-4000));
  const built: Readonly<Record<string, string>> = {
    ...Object.fromEntries(Object.keys(SOURCES).map((name) => [name, `own/${name}.ko`])),
    second: 'second/second.ko',
    reconfigured: 'reconfigured/good.ko',
    'other-flavour': 'flavour/good.ko',
    'without-versions': 'without/good.ko',
    newer: 'newer/good.ko',
    i386: 'i386.ko',
  };
  return Promise.all(
    Object.entries(built).map(async ([name, path]) => ({
      name: `m/${name}.ko`,
      content: await readFile(site.path(`/tmp/${path}`)),
    })),
  );
}
