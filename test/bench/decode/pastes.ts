import { frame, hex } from '../../unit/decode/build';

/** Characters. */
const SIZE = 1 << 16;

const TOA = Buffer.from('0101080a0000000100000002fe08d298c633645d', 'hex');
const PLAIN = TOA.subarray(0, 12);
const HEAD = '12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [.], ack 1, win 502, ';

/** A packet as tcpdump -xx prints it, with what -X adds when `ascii`. */
function dump(options: Uint8Array, ascii: boolean): string {
  const rows = hex(frame({ options, payload: Buffer.alloc(60, 'a') })).match(/.{1,32}/g) ?? [];
  return rows
    .map((row, index) => {
      const offset = (index * 16).toString(16).padStart(4, '0');
      const column = ascii
        ? `  ${Buffer.from(row, 'hex')
            .toString('latin1')
            .replace(/[^ -~]/g, '.')}`
        : '';
      return `\t0x${offset}:  ${row.replace(/(.{4})(?=.)/g, '$1 ').padEnd(ascii ? 39 : 0)}${column}\n`;
    })
    .join('');
}

/** One packet in five carries an option. */
function paste(packet: (carries: boolean) => string): string {
  let text = '';
  for (let count = 0; text.length < SIZE; count++) text += packet(count % 5 === 0);
  return text.slice(0, SIZE);
}

/** Texts of 64 KB, as people paste them. */
export const pastes: Readonly<Record<string, string>> = {
  'tcpdump -v': paste(
    (carries) => `${HEAD}options [nop,nop,TS val 1 ecr 2${carries ? ',unknown-200 0xc76ccb007107' : ''}], length 0\n`,
  ),
  'tcpdump -xx': paste((carries) => `${HEAD}length 60\n${dump(carries ? TOA : PLAIN, false)}`),
  'tcpdump -XX': paste((carries) => `${HEAD}length 60\n${dump(carries ? TOA : PLAIN, true)}`),
  'tshark -T fields': paste((carries) => `${carries ? 1 : 2}\t${hex(carries ? TOA : PLAIN)}\n`),
  'bare hex': paste((carries) => `${hex(carries ? TOA : PLAIN)} and then `),
  'options, one a line': paste(() => `${hex(TOA)}\n`),
  prose: paste(() => 'The client 203.0.113.7 asked for it, see RFC 7323 and the log of 12:00. '),
};

/** Milliseconds that the panel may take of a frame. */
const GOAL = 16;

/** Prints the best and the middle of the warm half of some measured milliseconds. */
export function printWarm(name: string, times: readonly number[], more = ''): void {
  const warm = times.slice(times.length / 2).sort((a, b) => a - b);
  const figures = `${(warm[0] ?? 0).toFixed(1)} ms at best, ${(warm[warm.length >> 1] ?? 0).toFixed(1)} ms in the middle`;
  console.log(`${name.padEnd(20)} ${figures} (goal: under ${GOAL})${more}`);
}
