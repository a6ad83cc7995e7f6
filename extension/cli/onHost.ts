import { resolve } from 'node:path';
import { message } from '../core/message';
import type { Host } from '../host/host';
import { LocalHost } from '../host/local';
import { ProbeError } from '../host/probe';
import { SshHost } from '../host/ssh/sshHost';
import { UsageError } from './arguments';

/** What the options that choose the host were given. */
interface Where {
  readonly host?: string | undefined;
  readonly 'ssh-config'?: string | undefined;
}

/**
 * Lends a host to `body`, this machine or the one that `--host` names, and ends what runs on it when the terminal is interrupted: its
 * commands have process groups of their own, so Ctrl+C does not reach them by itself. A body that has something to say when it is
 * stopped early gives `onInterrupt`, which is to stop it; a second Ctrl+C ends all.
 */
export async function onHost<T>(where: Where, body: (host: Host) => Promise<T>, onInterrupt?: () => void): Promise<T> {
  const host =
    where.host === undefined ? new LocalHost() : new SshHost(where.host, { configFile: where['ssh-config'] });
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
    await host.dispose();
  }
}

/** The same for a body that has something to say when it is stopped early: the first Ctrl+C aborts its signal. */
export function untilStopped<T>(where: Where, body: (host: Host, signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  return onHost(
    where,
    (host) => body(host, stopping.signal),
    () => {
      stopping.abort();
    },
  );
}

/** The probe takes absolute paths; those of another host are taken as they are. */
export function headerDirectories({
  headers = [],
  host,
}: Where & { readonly headers?: string[] | undefined }): readonly string[] {
  return host === undefined ? headers.map((path) => resolve(path)) : headers;
}

/** A path on the host: of another host its absolute path, or one below the home directory there. Rejects where there is none. */
export async function pathOn(host: Host, where: Where, given = '.'): Promise<string> {
  if (where.host === undefined) return resolve(given);
  if (given.startsWith('/')) return given.replace(/(?<=[^/])\/+$/, '');
  // Not the plain word: `-` is the directory before, and another one could be an option.
  const { outcome, reason, stdout } = await host.script('cd "./$1" && pwd -P', [given], { timeout: 30_000 });
  if (outcome !== 'exited')
    throw new ProbeError(
      message('{host} could not be probed: {reason}', { host: host.name, reason: reason ?? outcome }),
    );
  if (!stdout.startsWith('/'))
    throw new UsageError(
      message('{directory} is no directory below the home directory of {host}', { directory: given, host: host.name }),
    );
  return stdout.replace(/\n$/, '');
}
