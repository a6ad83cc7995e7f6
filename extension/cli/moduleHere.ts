import type { ToaState } from '../core/facts';
import { LocalHost } from '../host/local';
import { probe } from '../host/probe';

/** What the probe says of the toa module on this machine; `undefined` when it cannot say. Changes nothing. */
export async function moduleHere(): Promise<ToaState | undefined> {
  const host = new LocalHost();
  try {
    return (await probe(host, { headerDirectories: [] })).toa;
  } catch {
    return undefined; // the clients were told: what reads them is an addition
  } finally {
    await host.dispose();
  }
}
