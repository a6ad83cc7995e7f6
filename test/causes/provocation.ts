/** Kernels whose headers the machine has; `newest` is made for a newer Debian than this machine's. */
export type KernelName = '5.10' | '6.1' | '6.1-older' | '6.1-cloud' | '6.12' | 'newest';

/** One way to bring a failure about for real, and to mend it. All scripts are sh, run by root in the module's source. */
export interface Provocation {
  /** The cause's key, which names the fixture too. */
  readonly cause: string;
  /** Tells several fixtures of one cause apart. */
  readonly variant?: string;
  /** The kernel that runs, and whose tree is $TREE there. */
  readonly kernel?: KernelName;
  /** What `uname -r` answers instead. */
  readonly running?: string;
  /** A kernel's source, never configured, lies in /usr/src/linux-source-6.1. */
  readonly hasSource?: boolean;
  /** Files of the module's source beside the usual Makefile and demo.c, or instead of them. */
  readonly files?: Readonly<Record<string, string>>;
  /** Breaks the machine; has to succeed. */
  readonly prepare?: string;
  /** What a user does; its output is the fixture. It fails, unless `succeeds`. */
  readonly provoke: string;
  readonly succeeds?: boolean;
  /** The text alone has other causes too: only the facts of the host prove this one. */
  readonly needsFacts?: boolean;
  /** How it is mended: by the finding's own command or kernel (`finding`), or by a script that does what the explanation says. */
  readonly remedy?: 'finding' | { readonly script: string };
  /** Succeeds after the remedy; `provoke` itself when absent. Where the remedy is another kernel, that is $TARGET. */
  readonly passes?: string;
}

/** A module's Makefile as most people write it. */
export const MAKEFILE = `obj-m := demo.o
KDIR ?= /lib/modules/$(shell uname -r)/build

all:
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules
`;

/** A rule for one object alone, where the rest of the newest tree does not run on this machine. */
export const SINGLE = `
object:
	$(MAKE) -C $(KDIR) M=$(CURDIR) demo.o
`;

/** Lets this machine's gcc compile for the newest headers; their programs that need a newer C library are not called. */
export const USE_OLD_COMPILER = `
sed -i "/CC_HAS_MIN_FUNCTION_ALIGNMENT\\|OBJTOOL\\|_ORC/d" $TREE/include/config/auto.conf
`;

/** A module that does nothing, with lines of C in its init function and above it. */
export function source(statements = '', declarations = ''): string {
  return `#include <linux/module.h>
${declarations}
static int __init demo_init(void)
{
${statements}
	return 0;
}

static void __exit demo_exit(void)
{
}

module_init(demo_init);
module_exit(demo_exit);
MODULE_LICENSE("GPL");
`;
}
