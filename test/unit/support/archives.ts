// Archives made by the real tar and zip, and hostile ones, which those do not make.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeTar } from '../../../extension/core/archive/tar';

export interface Packed {
  readonly files: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
}

/** Packs files by a command that writes the archive `../archive` of the folder it runs in. */
export function packed({ files, links = {} }: Packed, argv: readonly [string, ...string[]]): Uint8Array {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-archive-'));
  try {
    const inside = join(directory, 'content');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(inside, path)), { recursive: true });
      writeFileSync(join(inside, path), text);
    }
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(inside, path));
    const [command, ...args] = argv;
    execFileSync(command, args, { cwd: inside });
    return readFileSync(join(directory, 'archive'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A tar archive with one entry of this name, which no tar would write. */
export function tarNamed(name: string): Uint8Array {
  const harmless = 'x'.repeat(name.length);
  const archive = writeTar([{ path: harmless, bytes: new TextEncoder().encode('evil'), isExecutable: false }]);
  archive.set(new TextEncoder().encode(name), 0);
  const header = archive.subarray(0, 512);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return archive;
}
