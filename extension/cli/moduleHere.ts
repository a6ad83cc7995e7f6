import type { ToaState } from '../core/facts';
import { lend } from '../host/host';
import { LocalHost } from '../host/local';
import { probe } from '../host/probe';

/** What the probe says of the toa module on this machine; `undefined` when it cannot say. Changes nothing. */
export async function moduleHere(): Promise<ToaState | undefined> {
  return lend(new LocalHost(), async (host) => (await probe(host, { headerDirectories: [] })).toa).catch(
    () => undefined, // the clients were told: what reads them is an addition
  );
}
