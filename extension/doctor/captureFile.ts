import type { Host } from '../host/host';

/** A file that root can write to and this user owns, in a directory that only this user can enter. */
const MAKE = `umask 077
directory=$(mktemp -d) && : >"$directory/handshakes.pcap" && printf '%s\\n' "$directory/handshakes.pcap"`;
const REMOVE = `rm -f -- "$1" && rmdir -- "\${1%/*}"`;

/** Makes an empty capture file. Gives its path; rejects with one line when the host has no place for it. */
export async function makeCaptureFile(host: Host): Promise<string> {
  const { code, stdout, stderr, reason } = await host.script(MAKE, []);
  const path = stdout.trim();
  if (code !== 0 || !path.startsWith('/')) throw new Error(reason ?? (stderr.trim() || 'mktemp failed'));
  return path;
}

/** Removes a file made by {@link makeCaptureFile}, and its directory. */
export async function removeCaptureFile(host: Host, path: string): Promise<void> {
  await host.script(REMOVE, [path]);
}
