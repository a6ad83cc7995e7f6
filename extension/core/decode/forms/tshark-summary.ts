import { message } from '../../message';
import type { Fragment, Line } from './fragment';
import { linesOf, printed } from './fragment';

/** `   3   2.000274 100.97.28.239 → 10.0.3.207 TCP 62 13283 → 8080 [ACK] …` */
const ROW = /^\s{0,8}(\d{1,9})\s{1,8}-?\d{1,12}\.\d{1,9}\s+\S{2,60}\s+(?:→|->)\s+\S{2,60}\s+[\w./-]{2,20}\s+\d{1,7}\s/;
const MARK = / (?:→|->) |ExID=/;
const EXPERIMENT = /ExID=([0-9A-F]{1,4})(?![0-9A-F])/i;

/**
 * tshark's list of packets. It shows the port of kinds 253 and 254 as `ExID=…`, and nothing of every other option: whether there was a
 * client address, this text cannot say.
 */
export function readTsharkSummary(text: string): readonly Fragment[] | undefined {
  if (!MARK.test(text)) return undefined;
  const fragments: Fragment[] = [];
  let rows = 0;
  let first: Line | undefined;
  for (const line of linesOf(text)) {
    const row = ROW.exec(line.text);
    const port = EXPERIMENT.exec(line.text);
    if (row !== null) {
      rows++;
      first ??= line;
    }
    if (port?.[1] !== undefined && (row !== null || line.text.includes('Seq=')))
      fragments.push(portOnly(Number(row?.[1] ?? 1), port[1], line.start + port.index));
  }
  if (fragments.length === 0 && first !== undefined) return [lost(first)];
  return rows > 0 || fragments.length > 0 ? fragments : undefined;
}

function portOnly(frame: number, digits: string, start: number): Fragment {
  return printed({
    frame,
    kind: 254,
    dialect: 'toa-v4',
    status: 'partial',
    port: Number.parseInt(digits, 16),
    span: { start, end: start + 'ExID='.length + digits.length },
    note: message(
      'tshark printed only the port of an option of kind 253 or 254. Add "-T fields -e frame.number -e tcp.options" to see the client.',
    ),
  });
}

function lost({ start, text }: Line): Fragment {
  return printed({
    frame: 1,
    kind: null,
    dialect: 'unknown',
    status: 'lossy',
    span: { start, end: start + text.length },
    note: message(
      'tshark does not print client address options in this list. Add "-T fields -e frame.number -e tcp.options" to see them.',
    ),
  });
}
