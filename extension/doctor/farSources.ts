import type { Host } from '../host/host';
import script from './farSources.sh';

/** Directories with module sources in the usual places of a host, in one round trip. None when it cannot tell. */
export async function farSources(host: Host): Promise<readonly string[]> {
  const { stdout } = await host.script(script, [], { timeout: 20_000, outputLimit: 64 * 1024 });
  return stdout.split('\n').filter((line) => line.startsWith('/'));
}
