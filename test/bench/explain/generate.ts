// Logs of make as they are, of any size: what kbuild prints by itself, with V=1, and with a compiler that warns a lot. The same in every run.
import { closeSync, openSync, writeSync } from 'node:fs';

/** A kind of log: the lines of one object, by its number. */
type Lines = (number: number) => string;

const DIRECTORIES = ['drivers/net/ethernet/intel', 'net/ipv4', 'fs/ext4', 'sound/soc/codecs', 'arch/x86/kvm'] as const;
const object = (number: number): string =>
  `${DIRECTORIES[number % DIRECTORIES.length] ?? ''}/unit_${number % 977}/part${number}.o`;

const FLAGS =
  '-nostdinc -I./arch/x86/include -I./arch/x86/include/generated -I./include -include ./include/linux/compiler-version.h -include ./include/linux/kconfig.h -D__KERNEL__ -fmacro-prefix-map=./= -Wundef -Werror=strict-prototypes -Wno-trigraphs -fno-strict-aliasing -fno-common -fshort-wchar -fno-PIE -Werror=implicit-function-declaration -Werror=implicit-int -Werror=return-type -Wno-format-security -std=gnu11 -mno-sse -mno-mmx -mno-sse2 -mno-3dnow -mno-avx -fcf-protection=branch -fno-jump-tables -m64 -falign-jumps=1 -falign-loops=1 -mno-80387 -mno-fp-ret-in-387 -mpreferred-stack-boundary=3 -mskip-rax-setup -mtune=generic -mno-red-zone -mcmodel=kernel -mindirect-branch=thunk-extern -mindirect-branch-register -mfunction-return=thunk-extern -fno-delete-null-pointer-checks -Wno-frame-address -O2 -fno-allow-store-data-races -fstack-protector-strong -Wno-main -ftrivial-auto-var-init=zero -fno-stack-clash-protection -pg -mrecord-mcount -mfentry -Wvla -Wno-pointer-sign -fno-strict-overflow -fno-stack-check -fconserve-stack';

const quiet: Lines = (number) =>
  number % 50 === 0
    ? `make[3]: Entering directory '/usr/src/linux-6.1/${object(number).replace(/\/[^/]*$/, '')}'\n  AR      ${object(number).replace(/\/[^/]*$/, '/built-in.a')}\n`
    : `  CC [M]  ${object(number)}\n${number % 7 === 0 ? `  LD [M]  ${object(number)}\n` : ''}`;

const verbose: Lines = (number) =>
  `  gcc-12 -Wp,-MMD,./.${object(number)}.d ${FLAGS} -DMODULE -DKBUILD_BASENAME='"part${number}"' -c -o ${object(number)} ${object(number).replace(/o$/, 'c')}\n`;

const warnings: Lines = (number) => {
  const source = object(number).replace(/o$/, 'c');
  const line = 10 + (number % 900);
  return [
    `  CC [M]  ${object(number)}`,
    `${source}: In function ‘unit_${number}_configure’:`,
    `${source}:${line}:17: warning: unused variable ‘value_${number}’ [-Wunused-variable]`,
    `  ${line} |         int value_${number} = read_register(device, OFFSET_OF_STATUS);`,
    `      |             ^~~~~~~~~~~~`,
    `${source}:${line + 4}:9: warning: ‘status’ may be used uninitialized [-Wmaybe-uninitialized]`,
    `  ${line + 4} |         return finish(device, status);`,
    `      |         ^~~~~~~~~~~~~~~~~~~~~~~~~~~`,
    `${source}:${line - 3}:13: note: ‘status’ was declared here`,
    `  ${line - 3} |         int status;`,
    `      |             ^~~~~~\n`,
  ].join('\n');
};

export const KINDS = { quiet, verbose, warnings } as const;

/** The end of every log: a build that fails. Its cause is `api_class_create`. */
const FAILURE = `/root/toa/toa.c:12:9: error: too many arguments to function ‘class_create’
make[1]: *** [Makefile:1883: /root/toa] Error 2
`;

const PIECE = 1 << 20;

/** Writes a log of at least `bytes` bytes and gives its real size. */
export function generateLog(path: string, kind: keyof typeof KINDS, bytes: number): number {
  const file = openSync(path, 'w');
  let size = 0;
  try {
    for (let number = 1; size < bytes;) {
      let piece = '';
      while (piece.length < PIECE) piece += KINDS[kind]((number += 1));
      size += writeSync(file, piece);
    }
    return size + writeSync(file, FAILURE);
  } finally {
    closeSync(file);
  }
}
