// A cpio archive in the "newc" format, which the kernel unpacks into its first root file system.
// Format: Documentation/driver-api/early-userspace/buffer-format.rst of the kernel.

export interface ArchiveFile {
  /** Without a leading slash. */
  readonly name: string;
  readonly content: Uint8Array;
}

const FILE = 0o100755;
const DIRECTORY = 0o040755;
const CONSOLE_DEVICE = 0o020600;

const align = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

function entry(name: string, mode: number, content: Uint8Array, device: readonly [number, number] = [0, 0]): Buffer {
  const [inode, owner, group, links, time, checksum] = [0, 0, 0, 1, 0, 0];
  const fields = [inode, mode, owner, group, links, time, content.length, 0, 0, ...device, name.length + 1, checksum];
  const header = '070701' + fields.map((field) => field.toString(16).padStart(8, '0')).join('');
  return Buffer.concat([align(Buffer.from(`${header}${name}\0`, 'latin1')), align(Buffer.from(content))]);
}

/** An archive with these files, all executable, their directories, and `/dev/console` for `/init` to write to. */
export function initramfs(files: readonly ArchiveFile[]): Buffer {
  const none = new Uint8Array();
  const parents = files.flatMap(({ name }) =>
    name
      .split('/')
      .slice(0, -1)
      .map((_, depth, parts) => parts.slice(0, depth + 1).join('/')),
  );
  const directories = [...new Set(['dev', 'proc', ...parents])];
  return Buffer.concat([
    ...directories.map((name) => entry(name, DIRECTORY, none)),
    entry('dev/console', CONSOLE_DEVICE, none, [5, 1]),
    ...files.map(({ name, content }) => entry(name, FILE, content)),
    entry('TRAILER!!!', 0, none),
  ]);
}
