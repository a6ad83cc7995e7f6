import { readBareHex } from './forms/bare-hex';
import { readBase32 } from './forms/base32';
import { readBase64, readBase64Words } from './forms/base64';
import { readEscaped, readPythonBytes } from './forms/escaped';
import type { Form } from './forms/fragment';
import { readHexTable } from './forms/hex-table';
import { readLooseNumbers, readNumberList } from './forms/number-list';
import { readOffsetDump } from './forms/offset-dump';
import { readProxyLine } from './forms/proxy-line';
import { readTcpdumpText } from './forms/tcpdump-text';
import { readToaLog } from './forms/toa-log';
import { readTsharkSummary } from './forms/tshark-summary';
import { readPdml, readTsharkJson } from './forms/tshark-tree';
import { readTsharkVerbose } from './forms/tshark-verbose';

/**
 * The shapes in which people paste packets. The first group has marks of its own: when one of these recognises the text, nothing else may
 * read it, since a dump's payload can look like options.
 */
export const MARKED_FORMS: readonly Form[] = [
  readPythonBytes,
  readPdml,
  readTsharkJson,
  readTsharkVerbose,
  readOffsetDump,
  readTcpdumpText,
  readTsharkSummary,
  readHexTable,
  readToaLog,
];

/** Shapes that other text can have by chance: each is asked until one finds something. */
export const LOOSE_FORMS: readonly Form[] = [
  readEscaped,
  readNumberList,
  readBareHex,
  readBase64,
  readBase32,
  readBase64Words,
  readLooseNumbers,
  readProxyLine,
];

/** Full-width letters, digits and signs become ASCII, spaces of every width spaces, and dashes of every length `-`. Every character keeps its place. */
export function plainText(text: string): string {
  return text.replace(/[\uFF01-\uFF5E\u3000\u00A0\u200B\u2060\uFEFF\u2010-\u2015\u2212]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code > 0xff00) return String.fromCharCode(code - 0xfee0);
    return (code >= 0x2010 && code <= 0x2015) || code === 0x2212 ? '-' : ' ';
  });
}
