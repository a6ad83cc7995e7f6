import { rowOf, unreachedRow, type HostRow } from '../core/fleet/hostRow';
import { message } from '../core/message';
import { detailOf } from '../core/messageError';
import type { Host } from '../host/host';
import { ProbeError, probe } from '../host/probe';

/** Hosts that are asked at once. */
const PARALLEL = 10;

export interface CheckRequest {
  readonly hosts: readonly string[];
  /** Does `work` on the host of that name, and lets the host go. */
  readonly lend: (name: string, work: (host: Host) => Promise<HostRow>) => Promise<HostRow>;
  readonly signal?: AbortSignal;
  readonly onRow?: (row: HostRow) => void;
}

/** Probes many hosts, some at a time. A host that cannot be asked is a row too; never rejects. */
export async function checkHosts({ hosts, lend, signal, onRow }: CheckRequest): Promise<readonly HostRow[]> {
  const left = [...new Set(hosts)];
  const rows: HostRow[] = [];
  const isStopped = (): boolean => signal?.aborted === true;
  const work = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined && !isStopped(); name = left.shift()) {
      const row = await check(name, lend, signal);
      if (isStopped()) return; // it was not asked to the end
      rows.push(row);
      onRow?.(row);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return rows;
}

async function check(name: string, lend: CheckRequest['lend'], signal: AbortSignal | undefined): Promise<HostRow> {
  try {
    return await lend(name, async (host) =>
      rowOf(name, await probe(host, { headerDirectories: [], ...(signal && { signal }) })),
    );
  } catch (error) {
    if (error instanceof ProbeError) return unreachedRow(name, error.detail);
    const reason = detailOf(error);
    return unreachedRow(name, message('{host} could not be probed: {reason}', { host: name, reason }));
  }
}
