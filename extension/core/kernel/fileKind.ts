import { message } from '../message';
import type { ModuleProblem } from './moduleFile';

type Identified = Omit<ModuleProblem, 'kind'>;

/** Says what a file is when it is not an ELF file: compressed, a web page, an archive, text. `undefined` for an ELF file. */
export function identify(bytes: Uint8Array): Identified | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  if (start.startsWith('\x7fELF')) return undefined;
  if (start === '') return notElf(message('The file is empty.'));
  const known = magics.find(([magic]) => start.startsWith(magic));
  if (known !== undefined) return known[1];
  if (/^\s*<(?:!doctype|html|head|\?xml|!--)/i.test(start)) {
    return notElf(message('The file is a web page, not a module.'));
  }
  // Text holds no control characters but white space; bytes above 0x7f may be UTF-8.
  const isText = bytes.subarray(0, 64).every((byte) => byte >= 0x20 || [0x09, 0x0a, 0x0c, 0x0d].includes(byte));
  return isText
    ? notElf(message('The file is text, not a module.'))
    : notElf(message('The file is no ELF file, so it is no module.'));
}

function notElf(reason: Identified['reason']): Identified {
  return { problem: 'not-elf', reason };
}

/** First bytes of files that people take for modules. */
const magics: readonly (readonly [string, Identified])[] = [
  [
    '\xfd7zXZ\0',
    { problem: 'compressed-xz', reason: message('The module is compressed with xz; unpack it first.') },
  ],
  ['\x1f\x8b', { problem: 'compressed-gz', reason: message('The file is compressed with gzip; unpack it first.') }],
  [
    '\x28\xb5\x2f\xfd',
    { problem: 'compressed-zst', reason: message('The module is compressed with zstd; unpack it first.') },
  ],
  ['!<arch>\n', notElf(message('The file is an archive (a static library or a .deb), not a module.'))],
  ['PK\x03\x04', notElf(message('The file is a zip archive, not a module.'))],
  ['\xed\xab\xee\xdb', notElf(message('The file is an RPM package, not a module.'))],
];
