// The look-up of symbols, under every shell and, under busybox, with busybox's own tools alone.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import symbolsScript from '../../../extension/host/symbols.sh';
import { applets } from './applets';
import { SHELLS, under } from './shells';

const FILES = {
  'common/include/linux/proc_fs.h':
    '/* pde_data in a comment */\nextern void *pde_data(const struct inode *inode);\nint pde_data_other(void);\n',
  'common/arch/x86/include/asm/unaligned.h': '\n',
  'common/arch/arm64/include/asm/unaligned.h': '\n',
  'tree/Module.symvers':
    '0x12345678\tpde_data\tvmlinux\tEXPORT_SYMBOL\t\n0x00000000\tnot_asked_for\tvmlinux\tEXPORT_SYMBOL\t\n',
} as const;

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'toa-doctor-symbols-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  // As Debian does it: the tree includes the Makefile of the common one.
  writeFileSync(join(root, 'tree/Makefile'), `include ${root}/common/Makefile\n`);
  symlinkSync('nowhere', join(root, 'tree/include'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

describe('symbols.sh', () => {
  for (const shell of SHELLS) {
    it.skipIf(shell.missing)(under(shell), () => {
      const [command, ...options] = shell.argv;
      const names = ['pde_data', 'gone_function', 'linux/proc_fs.h', 'asm/gone.h', '../../etc/passwd.h', '-e', 'a b'];
      const { stdout, stderr } = spawnSync(
        command,
        [...options, '-s', '--', 'everything', join(root, 'tree'), '', ...names],
        {
          input: symbolsScript,
          encoding: 'utf8',
          env: { PATH: applets(shell, root) },
        },
      );
      expect(stderr).toBe('');
      expect(stdout.trim().split('\n')).toEqual([
        'toa-symbols-begin 1',
        `declared=${root}/common/include/linux/proc_fs.h:2:extern void *pde_data(const struct inode *inode);`,
        'symvers=yes',
        'export=0x12345678 pde_data vmlinux EXPORT_SYMBOL ',
        'header=linux/proc_fs.h',
        'toa-symbols-end 1',
      ]);
    });
  }
});
