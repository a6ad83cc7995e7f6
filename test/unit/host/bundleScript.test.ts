// What the support bundle collects, under every shell and, under busybox, with busybox's own tools alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParts } from '../../../extension/core/bundle/bundle';
import bundleScript from '../../../extension/host/bundle.sh';
import { applets } from './applets';
import { SHELLS, under } from './shells';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "toa-doctor bundle's-"));
  writeFileSync(join(root, 'toa.ko'), 'toa-part system\nno module\n');
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const PARTS = ['system', 'links', 'compilers', 'security', 'modules', 'kernel-log', 'names'];

describe('bundle.sh', () => {
  for (const shell of SHELLS) {
    it.skipIf(shell.missing)(under(shell), () => {
      const [command, ...options] = shell.argv;
      const { stdout, status } = spawnSync(command, [...options, '-s', '--', root], {
        input: bundleScript,
        encoding: 'utf8',
        env: { PATH: applets(shell, root) },
      });
      expect(status).toBe(0);
      const parts = readParts(stdout);
      expect([...parts.keys()]).toEqual(PARTS);
      expect(parts.get('system')).toMatch(/^Linux \S+ /);
      expect(parts.get('compilers')).toContain('/proc/version: Linux version');
      expect(parts.get('names')?.trim().split('\n').at(-1)).toBe(userInfo().username);
    });
  }
});
