// Packs the extension, the same bytes from the same files wherever that is done.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project';
import { run } from './run';

const vsce = join(root, 'node_modules/@vscode/vsce/vsce');

/** What vsce would take from the machine: the time of each entry, the zone it is written in, the order of names. Zip begins in 1980. */
const SAME_EVERYWHERE = { SOURCE_DATE_EPOCH: '315532800', TZ: 'UTC', LC_ALL: 'C.UTF-8' };

/** Packs a checkout that is built into a .vsix file. */
export async function pack(checkout: string, file: string): Promise<void> {
  await run([process.execPath, vsce, 'package', '--no-dependencies', '--out', file], {
    cwd: checkout,
    env: SAME_EVERYWHERE,
  });
  writeFileSync(file, withPlainModes(readFileSync(file)));
}

/** Signatures and fields of a zip file's central directory: APPNOTE.TXT 4.3.12 and 4.3.16. */
const END = { signature: 0x06054b50, size: 22, entries: 10, start: 16 };
const ENTRY = { signature: 0x02014b50, size: 46, nameLength: 28, extraLength: 30, commentLength: 32, mode: 40 };

/** The file with mode 0755 or 0644 for each entry: what else stands there is the umask of whoever cloned. */
function withPlainModes(zip: Buffer): Buffer {
  const plain = Buffer.from(zip);
  const end = plain.length - END.size; // vsce writes no comment
  if (plain.readUInt32LE(end) !== END.signature)
    throw new Error('vsce wrote a file that does not end like a zip file.');
  let entry = plain.readUInt32LE(end + END.start);
  for (let left = plain.readUInt16LE(end + END.entries); left > 0; left -= 1) {
    if (plain.readUInt32LE(entry) !== ENTRY.signature) throw new Error(`No entry of a zip file at byte ${entry}.`);
    const isExecutable = (plain.readUInt16LE(entry + ENTRY.mode) & 0o100) !== 0;
    plain.writeUInt16LE(isExecutable ? 0o100755 : 0o100644, entry + ENTRY.mode);
    entry +=
      ENTRY.size +
      plain.readUInt16LE(entry + ENTRY.nameLength) +
      plain.readUInt16LE(entry + ENTRY.extraLength) +
      plain.readUInt16LE(entry + ENTRY.commentLength);
  }
  return plain;
}
