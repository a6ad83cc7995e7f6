// Each repair of a source on real headers: the build fails, the edit is applied, the build passes, on the kernels before the change too.
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, Remedy } from '../../extension/core/explain/finding';
import { applyEdits } from '../../extension/core/text';
import { cli, json, type CliOptions } from './cli';
import { serverRoot, type ServerRoot } from './serverRoot';

const MAKEFILE = 'obj-m := demo.o\nall:\n\t$(MAKE) -C /lib/modules/$(shell uname -r)/build M=$(CURDIR) modules\n';

/** A module that does one thing. */
const module = (includes: readonly string[], body: string, license = 'MODULE_LICENSE("GPL");\n'): string =>
  [...includes.map((header) => `#include <${header}>\n`), '\n', body, license].join('');

const init = (statements: string): string =>
  `static int __init demo_init(void)\n{\n${statements}\treturn 0;\n}\nmodule_init(demo_init);\n`;

const PROC_OPS = `static int show(struct seq_file *file, void *unused)
{
	return 0;
}
static int open(struct inode *inode, struct file *file)
{
	return single_open(file, show, NULL);
}
static const struct file_operations operations = {
	.owner = THIS_MODULE,
	/* .read of a seq_file */
	.open = open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};
${init('\tproc_create("toa_demo", 0, NULL, &operations);\n')}`;

const GETNAME = `static int inet_getname_demo(struct socket *sock, struct sockaddr *uaddr,
			    int *uaddr_len, int peer)
{
	int retval = 0;

	retval = inet_getname(sock, uaddr, uaddr_len, peer);
	if (retval == 0 && peer)
		pr_info("toa\\n");
	return retval;
}
static struct proto_ops operations;
${init('\toperations.getname = inet_getname_demo;\n')}`;

interface Row {
  readonly name: string;
  readonly cause: string;
  /** The series it fails on. */
  readonly on: RegExp;
  readonly source?: string;
  readonly makefile?: string;
  readonly options?: CliOptions;
  /** The series that it builds for as well, once repaired. */
  readonly also: readonly RegExp[];
}

const [V510, V61, V612] = [/^5\.10\./, /^6\.1\./, /^6\.12\./] as const;
const MODULE = 'linux/module.h';

const ROWS: readonly Row[] = [
  {
    name: 'class_create(THIS_MODULE, …)',
    cause: 'api_class_create',
    on: V612,
    source: module([MODULE, 'linux/device.h'], init('\tclass_create(THIS_MODULE,\n\t\t     "toa");\n')),
    also: [V61, V510],
  },
  {
    name: 'file_operations for proc_create',
    cause: 'api_proc_ops',
    on: V510,
    source: module([MODULE, 'linux/proc_fs.h', 'linux/seq_file.h'], PROC_OPS),
    also: [V61, V612],
  },
  {
    name: 'getname with a length argument',
    cause: 'api_inet_getname',
    on: V510,
    source: module([MODULE, 'linux/net.h', 'net/tcp.h', 'net/inet_common.h'], GETNAME),
    also: [V61, V612],
  },
  {
    name: 'strlcpy',
    cause: 'api_function_removed',
    on: V612,
    source: module(
      [MODULE, 'linux/string.h'],
      init('\tchar name[8];\n\n\tstrlcpy(name, "strlcpy", sizeof(name));\n\tpr_info("%s", name);\n'),
    ),
    also: [V61, V510],
  },
  {
    name: 'PDE_DATA',
    cause: 'api_function_removed',
    on: V61,
    source: module(
      [MODULE, 'linux/proc_fs.h'],
      'void *demo(struct inode *inode);\nvoid *demo(struct inode *inode)\n{\n\treturn PDE_DATA(inode);\n}\n',
    ),
    also: [V612, V510],
  },
  {
    name: 'stdarg.h of the C library',
    cause: 'api_function_removed',
    on: V61,
    source: module([MODULE, 'stdarg.h'], init('')),
    also: [V612, V510],
  },
  {
    name: 'asm/unaligned.h',
    cause: 'api_function_removed',
    on: V612,
    source: module([MODULE, 'asm/unaligned.h'], init('\tu32 word = 1;\n\n\tpr_info("%u", get_unaligned(&word));\n')),
    also: [V61, V510],
  },
  {
    name: 'signal_pending without its header',
    cause: 'api_function_removed',
    on: V61,
    source: module(
      [MODULE, 'linux/sched.h'],
      'int demo(void);\nint demo(void)\n{\n\treturn signal_pending(current);\n}\n',
    ),
    also: [V612, V510],
  },
  {
    name: 'prandom_u32',
    cause: 'api_function_removed',
    on: V612,
    source: module([MODULE, 'linux/random.h'], init('\tpr_info("%u", prandom_u32());\n')),
    also: [V61, V510],
  },
  {
    name: 'complete_and_exit',
    cause: 'api_function_removed',
    on: V61,
    source: module(
      [MODULE, 'linux/kernel.h', 'linux/kthread.h', 'linux/completion.h'],
      'void demo(struct completion *done);\nvoid demo(struct completion *done)\n{\n\tcomplete_and_exit(done, 0);\n}\n',
    ),
    also: [V612],
  },
  {
    name: 'netif_rx_ni',
    cause: 'api_function_removed',
    on: V61,
    source: module(
      [MODULE, 'linux/netdevice.h'],
      'int demo(struct sk_buff *skb);\nint demo(struct sk_buff *skb)\n{\n\treturn netif_rx_ni(skb);\n}\n',
    ),
    also: [V612, V510],
  },
  {
    name: 'ioremap_nocache',
    cause: 'api_function_removed',
    on: V510,
    source: module([MODULE, 'linux/io.h'], init('\tpr_info("%p", ioremap_nocache(0, 1));\n')),
    also: [V61, V612],
  },
  {
    name: 'access_ok with a type',
    cause: 'api_other_signature',
    on: V510,
    source: module(
      [MODULE, 'linux/uaccess.h'],
      '#ifndef VERIFY_READ\n#define VERIFY_READ 0\n#endif\nint demo(void __user *from);\nint demo(void __user *from)\n{\n\treturn access_ok(VERIFY_READ, from, 1);\n}\n',
    ),
    also: [V61, V612],
  },
  {
    name: 'no license',
    cause: 'module_license_missing',
    on: V61,
    source: module([MODULE], init(''), ''),
    also: [V612, V510],
  },
  {
    name: 'SUBDIRS',
    cause: 'makefile_subdirs_removed',
    on: V510,
    makefile: 'obj-m := demo.o\nall:\n\tmake -C /lib/modules/$(shell uname -r)/build SUBDIRS=$(CURDIR) modules\n',
    also: [V61, V612],
  },
  {
    name: 'PWD that sudo drops',
    cause: 'makefile_pwd_empty_sudo',
    on: V61,
    makefile: 'obj-m := demo.o\nall:\n\tmake -C /lib/modules/$(shell uname -r)/build M=$(PWD) modules\n',
    options: { through: ['env', '-u', 'PWD'] },
    also: [V612, V510],
  },
  {
    name: 'blanks for a tab',
    cause: 'makefile_missing_separator',
    on: V61,
    makefile: MAKEFILE.replace('\t', '        ').concat('clean:\n        rm -f *.o\n'),
    also: [V612, V510],
  },
];

let server: ServerRoot;
beforeAll(async () => {
  server = await serverRoot({});
});
afterAll(() => {
  server.remove();
});

/** Debian built 5.10 with gcc-10, which bookworm has not: there its own gcc stands in for it. */
const compilers = mkdtempSync(join(tmpdir(), 'toa-doctor-compilers-'));
symlinkSync('/usr/bin/gcc', join(compilers, 'gcc-10'));
afterAll(() => {
  rmSync(compilers, { recursive: true });
});

let directory = '';
const newDirectory = (): string => (directory = mkdtempSync(join(tmpdir(), 'toa-doctor-repair-')));
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(directory, name), text);
}

const releaseOf = (series: RegExp): string =>
  server.releases.find((release) => series.test(release) && !release.includes('cloud')) ?? '?';

interface Report {
  readonly outcome: string;
  readonly findings: readonly (Omit<Finding, 'remedies'> & { readonly remedies: readonly Remedy[] })[];
}

function build(release: string, options: CliOptions = {}): Report {
  const world = { root: server.root, release };
  const PATH = `${process.env['PATH'] ?? ''}:${compilers}`;
  // Objects of another kernel would hide what this one says.
  for (const name of ['demo.o', 'demo.ko', 'demo.mod.o', '.demo.o.cmd', 'Module.symvers'])
    rmSync(join(directory, name), { force: true });
  return json(cli(world, ['build', directory, '--json'], { ...options, env: { PATH } })) as unknown as Report;
}

/** What a failed expectation should show, and no more. */
const outline = ({ outcome, findings }: Report) => ({
  outcome,
  causes: findings.map(({ cause, evidence }) => `${cause}: ${evidence[0]?.text ?? ''}`),
});

function expectBuilt(series: RegExp, options?: CliOptions): void {
  const release = releaseOf(series);
  expect({ release, ...outline(build(release, options)) }).toEqual({ release, outcome: 'built', causes: [] });
}

const repaired = new Map<Row, string>();

describe.each(ROWS)('$name', (row) => {
  const { cause, on, source, makefile, options, also } = row;
  it(makefile === undefined ? 'fails, and is repaired' : 'fails, is repaired, and builds', () => {
    newDirectory();
    write('demo.c', source ?? module([MODULE], init('')));
    write('Makefile', makefile ?? MAKEFILE);

    const failed = build(releaseOf(on), options);
    expect(outline(failed)).toEqual({
      outcome: 'failed',
      causes: expect.arrayContaining([expect.stringContaining(`${cause}: `)]) as string[],
    });
    expect(failed.findings[0]?.cause).toBe(cause);
    const remedy = failed.findings[0]?.remedies.find((one) => one.kind === 'edit');
    expect(remedy?.file.startsWith(`${directory}/`)).toBe(true);
    if (remedy === undefined) return;
    writeFileSync(remedy.file, applyEdits(readFileSync(remedy.file, 'utf8'), remedy.edits));

    if (makefile === undefined) repaired.set(row, readFileSync(join(directory, 'demo.c'), 'utf8'));
    else for (const series of [on, ...also]) expectBuilt(series, options);
  });
});

// Each a module of its own; together they are built faster.
it.each([V510, V61, V612])('the repaired sources build for %s', (series) => {
  newDirectory();
  const sources = [...repaired].filter(([{ on, also }]) => on === series || also.includes(series));
  expect(sources.length).toBeGreaterThan(10);
  for (const [index, [, source]] of sources.entries()) write(`demo${String(index)}.c`, source);
  write('Makefile', MAKEFILE.replace('demo.o', sources.map((_, index) => `demo${String(index)}.o`).join(' ')));
  expectBuilt(series);
});
