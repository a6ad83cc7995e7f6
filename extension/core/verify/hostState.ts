import { readReport, splitPair } from '../probe/report';
import { readSocket, type Socket } from './sockets';

/** What a host says at one moment about the module and its sockets. */
export interface HostState {
  /** `/proc/net/toa_stats`, summed over the CPUs; empty where it is not there. */
  readonly counters: ReadonlyMap<string, number>;
  /** TCP sockets of this network namespace: all that listen, and the connections to the service. */
  readonly sockets: readonly Socket[];
  /** Names of the processes that listen, by port, where the host says so. */
  readonly processes: ReadonlyMap<number, readonly string[]>;
  /** This host's own addresses. */
  readonly addresses: readonly string[];
  readonly loaded: boolean;
}

/** Reads the output of `doctor/verify/state.sh`; `undefined` when it is cut or none. */
export function readHostState(text: string): HostState | undefined {
  const report = readReport(text, 'toa-state');
  if ('fault' in report) return undefined;
  const { fields } = report;
  const families = [
    ['tcp', 4],
    ['tcp6', 6],
  ] as const;
  return {
    counters: counters(fields.all('counter')),
    sockets: families.flatMap(([key, family]) => fields.all(key).flatMap((line) => readSocket(line, family) ?? [])),
    processes: processes(fields.all('listener')),
    addresses: fields.all('address'),
    loaded: fields.is('loaded'),
  };
}

/** `syn_recv_sock_toa : 3 4`: one number for each CPU. */
function counters(lines: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    lines.flatMap((line) => {
      const [, name, numbers] = /^(\w+) *:([\d ]+)$/.exec(line) ?? [];
      if (name === undefined || numbers === undefined) return [];
      const sum = numbers
        .trim()
        .split(/ +/)
        .reduce((total, number) => total + Number(number), 0);
      return [[name, sum] as const];
    }),
  );
}

/** `8080 nginx` for each process that listens. */
function processes(lines: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const [port, name] of lines.map(splitPair)) {
    const known = found.get(Number(port)) ?? [];
    if (name !== '' && !known.includes(name)) found.set(Number(port), [...known, name]);
  }
  return found;
}
