// The modules of a Debian kernel that the guest needs, in the order in which they load.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { run } from '../tools/run';
import type { ArchiveFile } from './initramfs';

const NETWORK_CARD = ['virtio_pci', 'virtio_net'];
// kTLS, and the cipher that it is set up with.
const TLS = ['ghash_generic', 'ctr', 'gcm', 'tls'];

// virtio-pci.ko, virtio_pci.ko.xz → virtio_pci
const moduleName = (path: string): string =>
  basename(path)
    .replace(/\.ko(?:\.xz)?$/, '')
    .replaceAll('-', '_');

async function content(path: string): Promise<Uint8Array> {
  if (!path.endsWith('.xz')) return readFile(path);
  const options = { encoding: 'buffer', maxBuffer: 16 * 1024 * 1024 } as const;
  const { stdout } = await promisify(execFile)('xz', ['--decompress', '--stdout', path], options);
  return stdout;
}

async function dependencies(path: string): Promise<readonly string[]> {
  const names = (await run(['modinfo', '-F', 'depends', path])).trim();
  return names === '' ? [] : names.split(',').map((name) => name.replaceAll('-', '_'));
}

/** Uncompressed, dependencies first; a module that is not there is built into that kernel, or not to be had. */
export async function guestModules(
  modules: string,
  names: readonly string[] = [...NETWORK_CARD, ...TLS],
): Promise<readonly ArchiveFile[]> {
  const paths = (await readdir(join(modules, 'kernel'), { recursive: true }))
    .filter((path) => /\.ko(?:\.xz)?$/.test(path))
    .map((path) => join(modules, 'kernel', path));
  const byName = new Map(paths.map((path) => [moduleName(path), path]));
  const chosen = new Map<string, ArchiveFile>();
  const add = async (name: string): Promise<void> => {
    const path = byName.get(name);
    if (path === undefined || chosen.has(name)) return;
    for (const dependency of await dependencies(path)) await add(dependency);
    chosen.set(name, { name: `${name}.ko`, content: await content(path) });
  };
  for (const name of names) await add(name);
  return [...chosen.values()];
}
