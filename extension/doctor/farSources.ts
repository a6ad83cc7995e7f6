import type { Host } from '../host/host';
import script from './farSources.sh';

/** Directories with module sources in the usual places of a host, in one round trip. None when it cannot tell. */
export async function farSources(host: Host, signal?: AbortSignal): Promise<readonly string[]> {
  const options = { timeout: 20_000, outputLimit: 64 * 1024, ...(signal && { signal }) };
  const { stdout } = await host.script(script, [], options);
  return stdout.split('\n').filter((line) => line.startsWith('/'));
}
