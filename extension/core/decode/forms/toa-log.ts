import { endpointText } from '../address';
import { message } from '../../message';
import type { Fragment } from './fragment';
import { printed } from './fragment';
import { WrittenBuilder } from './written';

/** What toa.ko logs when it is built with debugging: the option as a 64-bit number, or its address in words. */
const LOG =
  /coded toa data: (?:0x)?(?<number>[0-9a-f]{16})(?![0-9a-f])|find toa data: ip = (?<ip>[\d.]{7,15}), ?port = (?<port>\d{1,5})/gi;

/**
 * Log lines of toa.ko. The number is what `%p` makes of the eight bytes on a little-endian machine: they stand in reverse. The line in
 * words does not say which kind the option had.
 */
export function readToaLog(text: string): readonly Fragment[] | undefined {
  const fragments: Fragment[] = [];
  for (const match of text.matchAll(LOG)) {
    const { number, ip = '', port = '' } = match.groups ?? {};
    const frame = fragments.length + 1;
    if (number !== undefined) {
      const builder = new WrittenBuilder();
      const start = match.index + match[0].length - number.length;
      for (let at = 14; at >= 0; at -= 2)
        builder.push(Number.parseInt(number.slice(at, at + 2), 16), start + at, start + at + 2);
      fragments.push({ as: 'options', frame, written: builder.finish() });
    } else {
      const client = endpointText(ip, Number(port));
      const span = { start: match.index, end: match.index + match[0].length };
      const note = message('toa.ko logged this address; the line does not say which option it came from.');
      fragments.push(
        printed({
          frame,
          kind: null,
          dialect: 'toa-v4',
          status: 'decoded',
          addr: ip,
          port: Number(port),
          client,
          span,
          note,
        }),
      );
    }
  }
  return fragments.length > 0 ? fragments : undefined;
}
