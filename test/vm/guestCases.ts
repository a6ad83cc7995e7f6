// What guest/cases.c must print, case by case: the addresses, and which counters moved by how much.
import { knowsTcpAo } from './scenario';

export interface GuestCase {
  readonly name: string;
  readonly lines: readonly string[];
}

const CLIENT = '203.0.113.7:4660';
const MAPPED = `::ffff:${CLIENT}`;
const CLIENT_V6 = '2001:db8::7:4660';

/** `connections` with an option, all of them ended, and `answers` of accept() and getpeername() that name the client. */
const counted = (connections: number, answers: number): readonly string[] => [
  `syn_recv_sock_toa+${connections}`,
  ...(answers === 0 ? [] : [`getname_toa_ok+${answers}`]),
  `forgotten+${connections}`,
];

const asked = (...addresses: readonly string[]): readonly string[] =>
  addresses.flatMap((address) => [`accept=${address}`, `getpeername=${address}`]);

const BROKEN_DROPPED = ['dropped', 'accept=127.0.0.1:proxy', 'syn_recv_sock_no_toa+1', 'getname_toa_empty+1', 'exit=0'];

/** What a kernel says that was built without: Debian's cloud flavour of 5.10 knows neither. */
const LACKING: ReadonlyMap<string, readonly string[]> = new Map([
  ['ktls', [`accept=${CLIENT}`, 'TCP_ULP tls: No such file or directory', 'exit=1']],
  ['mptcp', ['MPTCP: Protocol not supported', 'exit=1']],
]);

export const GUEST_CASES: readonly GuestCase[] = [
  { name: 'native-ipv6', lines: [...asked(CLIENT_V6, MAPPED), ...counted(2, 4), 'exit=0'] },
  { name: 'dual-stack', lines: [...asked(MAPPED, CLIENT_V6), ...counted(2, 4), 'exit=0'] },
  { name: 'syncookies', lines: [...asked(CLIENT, MAPPED, CLIENT_V6), 'cookies=3', ...counted(3, 6), 'exit=0'] },
  { name: 'ktls', lines: [`accept=${CLIENT}`, 'sent=5', `getpeername=${CLIENT}`, ...counted(1, 2), 'exit=0'] },
  {
    name: 'sockmap',
    lines: [`accept=${CLIENT}`, `in the map=${CLIENT}`, `out of it=${CLIENT}`, ...counted(1, 3), 'exit=0'],
  },
  {
    name: 'namespaces',
    lines: [...asked(CLIENT), `from another namespace=${CLIENT}`, ...counted(1, 3), 'exit=0'],
  },
  { name: 'forked', lines: [`accept=${CLIENT}`, `the child=${CLIENT}`, ...counted(1, 2), 'exit=0'] },
  { name: 'passed', lines: [`accept=${CLIENT}`, `the receiver=${CLIENT}`, ...counted(1, 2), 'exit=0'] },
  {
    name: 'overflow',
    lines: ['accept=203.0.113.7:1000', 'accept=203.0.113.7:1001', 'overflows=4', ...counted(2, 2), 'exit=0'],
  },
  { name: 'unaccepted', lines: [...counted(3, 0), 'exit=0'] },
  { name: 'fast-open', lines: [...asked(CLIENT), 'fast open=1', ...counted(1, 2), 'exit=0'] },
  { name: 'mptcp', lines: [...asked(CLIENT), ...counted(1, 2), 'exit=0'] },
  { name: 'other-family', lines: [...asked(MAPPED), `as IPv4=${CLIENT}`, ...counted(1, 3), 'exit=0'] },
  {
    name: 'broken',
    lines: ['accept=127.0.0.1:proxy', 'getname_toa_empty+1', 'syn_recv_sock_malformed+1', 'exit=0'],
  },
  {
    name: 'reused',
    lines: [
      `accept=${CLIENT}`,
      'disconnected: Transport endpoint is not connected',
      'connected anew=127.0.0.1:server',
      'syn_recv_sock_toa+1',
      'syn_recv_sock_no_toa+1',
      'getname_toa_ok+1',
      'getname_toa_mismatch+1',
      'forgotten+1',
      'exit=0',
    ],
  },
];

/** What guest/ktls-unload.c prints where all goes well. */
export const OUTLIVED = `${['loaded', 'unloaded', 'new and unloaded', 'loaded again'].map((when) => `${when}=127.0.0.1\n`).join('')}exit=0\n`;

/** What must come on a kernel of this series. */
export const linesOf = ({ name, lines }: GuestCase, series: string): readonly string[] => {
  if (name === 'broken' && knowsTcpAo(series)) return BROKEN_DROPPED;
  return (series === '5.10' ? LACKING.get(name) : undefined) ?? lines;
};
