// A guest with a shell and the real insmod, modprobe and depmod, which goes through a list of loads and prints what a user would paste.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { run } from '../tools/run';
import { findCommand } from '../tools/systemPackages';
import { initramfs, type ArchiveFile } from '../vm/initramfs';
import type { Load } from './loads';

export const END = 'GUEST-END';

/** What kmod is by its other names. */
const KMOD = ['insmod', 'modprobe', 'depmod', 'rmmod', 'lsmod', 'modinfo'];

/** A program of this machine with the libraries it needs, by the paths at which it looks for them. */
async function withLibraries(command: string): Promise<readonly ArchiveFile[]> {
  const path = findCommand(command);
  if (path === undefined) throw new Error(`${command} is not on this machine`);
  const libraries = (await run(['ldd', path])).match(/\/\S+(?= \()/g) ?? [];
  const files = [...new Set(libraries)].map(async (library) => ({
    name: library.slice(1),
    content: await readFile(library),
  }));
  return [{ name: `bin/${command}`, content: await readFile(path) }, ...(await Promise.all(files))];
}

/** A line for sh in single quotes. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function steps({ prepare = ':', lines, asUser = false, withoutLog = false, mend }: Load, index: number): string {
  const prompt = asUser ? '$' : '#';
  const run = (line: string): string => (asUser ? `su nobody -s /bin/sh -c ${quoted(`/sbin/${line}`)}` : line);
  const typed = lines.map((line) => `printf '%s\\n' "${prompt} ${line}"\n${run(line)}`);
  return `
{ ${prepare}
} >/tmp/prepare 2>&1 || { echo "NOT-PREPARED ${index}"; cat /tmp/prepare; dmesg; }
dmesg -c >/dev/null
echo "BEGIN-LOAD ${index}"
${typed.join('\n')}
${withoutLog ? ':' : "printf '%s\\n' '# dmesg'; dmesg"}
echo "END-LOAD ${index}"
${mend === undefined ? '' : `if { ${mend}\n} >/tmp/mend 2>&1; then echo "MENDED ${index}"; else cat /tmp/mend; fi`}
`;
}

const init = (loads: readonly Load[]): string => `#!/bin/busybox sh
/bin/busybox mkdir -p /sbin /usr/bin /usr/sbin /tmp /sys /etc
/bin/busybox --install -s /bin
for tool in ${KMOD.join(' ')}; do ln -sf /bin/kmod /sbin/$tool; done
# busybox prefers its own.
${[...KMOD.map((tool) => `/sbin/${tool}`), '/bin/setpriv'].map((path) => `${basename(path)}() { ${path} "$@"; }`).join('\n')}
export PATH=/sbin:/bin R=$(uname -r)
mount -t proc none /proc
mount -t sysfs none /sys
mount -t securityfs none /sys/kernel/security
mount -t devtmpfs none /dev
echo 'nobody:x:65534:65534::/:/bin/sh' >/etc/passwd
echo 'root:x:0:0::/:/bin/sh' >>/etc/passwd
dmesg -n 1
echo 0 >/proc/sys/kernel/panic_on_oops
cd /m
exec 2>&1
${loads.map(steps).join('\n')}
echo ${END}
poweroff -f
`;

/** The guest's first file system: `files` beside the programs. */
export async function guestArchive(loads: readonly Load[], files: readonly ArchiveFile[]): Promise<Buffer> {
  const programs = (await Promise.all(['kmod', 'mokutil', 'setpriv'].map(withLibraries))).flat();
  const busybox = { name: 'bin/busybox', content: await readFile(findCommand('busybox') ?? '') };
  const unique = new Map([...programs, busybox, ...files].map((file) => [file.name, file]));
  unique.set('init', { name: 'init', content: Buffer.from(init(loads)) });
  return initramfs([...unique.values()]);
}

export interface Loaded {
  readonly output: string;
  readonly mended: boolean;
}

/** What the console said of each load. */
export function readConsole(console: string, loads: readonly Load[]): readonly Loaded[] {
  const text = console.replaceAll('\r', '');
  return loads.map((_, index) => {
    const begin = text.indexOf(`BEGIN-LOAD ${index}\n`);
    const end = text.indexOf(`END-LOAD ${index}\n`);
    if (begin < 0 || end < 0)
      throw new Error(`The guest did not get to load ${index}. Its console:\n${text.slice(-3000)}`);
    return {
      output: text.slice(text.indexOf('\n', begin) + 1, end),
      mended: text.includes(`MENDED ${index}\n`),
    };
  });
}
