import { resolve } from 'node:path';
import { LocalHost } from '../host/local';
import { UsageError } from './io';

/** The options of every command that works on a host. */
export const HOST_OPTIONS = {
  json: { type: 'boolean' },
  host: { type: 'string' },
  headers: { type: 'string', multiple: true },
} as const;

/**
 * Lends a host to `body` and ends what runs on it when the terminal is interrupted: its commands have process groups of their own, so
 * Ctrl+C does not reach them by itself. A body that has something to say when it is stopped early gives `onInterrupt`, which is to stop
 * it; a second Ctrl+C ends all. `--host` is refused with what to do, until hosts reached by ssh are there.
 */
export async function onHost<T>(
  name: string | undefined,
  body: (host: LocalHost) => Promise<T>,
  onInterrupt?: () => void,
): Promise<T> {
  if (name !== undefined) {
    throw new UsageError(`--host ${name}: this version works on the machine it runs on; run toa-doctor there`);
  }
  const host = new LocalHost();
  let asked = false;
  const interrupt = (): void => {
    if (onInterrupt !== undefined && !asked) {
      asked = true;
      onInterrupt();
      return;
    }
    void host.dispose().then(() => process.exit(130));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await body(host);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** The probe takes absolute paths. */
export function headerDirectories(given: readonly string[] | undefined): readonly string[] {
  return (given ?? []).map((path) => resolve(path));
}
