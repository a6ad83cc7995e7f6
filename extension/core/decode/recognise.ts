import { readBareHex } from './forms/bare-hex';
import { readBase64 } from './forms/base64';
import { readDecimalList } from './forms/decimal-list';
import { readEscaped, readPythonBytes } from './forms/escaped';
import type { Form } from './forms/fragment';
import { readHexTable } from './forms/hex-table';
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
export const LOOSE_FORMS: readonly Form[] = [readEscaped, readDecimalList, readBareHex, readBase64, readProxyLine];

/** Full-width letters, digits and signs become ASCII, and no-break spaces spaces. Every character keeps its place. */
export function plainText(text: string): string {
  return text.replace(/[\uFF01-\uFF5E\u3000\u00A0]/g, (character) => {
    const code = character.charCodeAt(0);
    return code > 0xff00 ? String.fromCharCode(code - 0xfee0) : ' ';
  });
}
