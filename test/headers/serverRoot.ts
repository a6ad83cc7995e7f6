// A root like headersRoot(), with links in /lib/modules that a real server may have: none, dangling, or to another kernel's tree.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headersRoot } from '../vm/debianKernels';

/** The release of a Debian kernel that the mirror does not serve, so its headers are surely missing. */
export const RUNNING = '6.1.0-999-amd64';

export interface ServerRoot {
  readonly root: string;
  /** Releases whose headers are there, oldest first. */
  readonly releases: readonly string[];
  remove(): void;
}

/** Makes a root with the real headers and, beside their own links, those given: release to the target of its build link. */
export async function serverRoot(links: Readonly<Record<string, string>>): Promise<ServerRoot> {
  const { root: headers, kernels } = await headersRoot();
  const root = mkdtempSync(join(tmpdir(), 'toa-doctor-root-'));
  mkdirSync(join(root, 'usr'));
  symlinkSync(join(headers, 'usr/src'), join(root, 'usr/src'));
  symlinkSync('usr/lib', join(root, 'lib'));
  // Copies, since a link would lead into the cache, which an ordinary user in the world may not enter.
  cpSync(join(headers, 'usr/lib'), join(root, 'usr/lib'), { recursive: true, verbatimSymlinks: true });
  for (const [release, target] of Object.entries(links)) {
    mkdirSync(join(root, 'usr/lib/modules', release, 'kernel'), { recursive: true });
    symlinkSync(target, join(root, 'usr/lib/modules', release, 'build'));
  }
  return {
    root,
    releases: kernels.map(({ release }) => release),
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
