import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/project';

/** A fresh copy of the small module that the editor tests use, with another Makefile if one is given. */
export function moduleWorkspace(makefile?: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'toa-doctor-module-'));
  cpSync(join(root, 'test/editor/workspace'), path, { recursive: true });
  if (makefile !== undefined) writeFileSync(join(path, 'Makefile'), makefile);
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
