import type { Facts } from '../facts';
import { message, type Message } from '../message';

/** How a host's folder is opened, and why. */
export interface Way {
  readonly kind: 'remote-ssh' | 'agentless';
  readonly reason: Message;
}

/** Extensions that open `ssh-remote+…`, by their ids: Microsoft's, the one of VSCodium and Kiro, Cursor's. */
const REMOTE_SSH = [
  ['ms-vscode-remote.remote-ssh', 'Remote - SSH (Microsoft)'],
  ['jeanp413.open-remote-ssh', 'Open Remote - SSH'],
  ['anysphere.remote-ssh', 'Remote SSH (Cursor)'],
] as const;

/** What VS Code's server needs since 1.99, by its documentation. */
const GLIBC = [2, 28] as const;
const KERNEL = [4, 18] as const;

/** Remote-SSH where it is installed and its server runs there, else by sh alone. `isInstalled` knows the editor's extensions by id. */
export function wayTo({ kernel, tools }: Facts, isInstalled: (id: string) => boolean): Way {
  const libc = tools.libc ?? '?';
  const glibc = /^glibc (\d+)\.(\d+)/.exec(libc);
  if (!atLeast(glibc, GLIBC))
    return agentless(message('VS Code’s server needs glibc 2.28, and the host has {libc}.', { libc }));
  if (!atLeast(/^(\d+)\.(\d+)/.exec(kernel.release), KERNEL))
    return agentless(
      message('VS Code’s server needs Linux 4.18, and the host runs {release}.', { release: kernel.release }),
    );
  const [, extension] = REMOTE_SSH.find(([id]) => isInstalled(id)) ?? [];
  if (extension === undefined) return agentless(message('Remote-SSH is not installed.'));
  const reason = message('{extension} is installed, and VS Code’s server runs on this host.', { extension });
  return { kind: 'remote-ssh', reason };
}

function agentless(reason: Message): Way {
  return { kind: 'agentless', reason };
}

function atLeast(found: RegExpExecArray | null, [major, minor]: readonly [number, number]): boolean {
  if (found === null) return false;
  const [have, haveMinor] = [Number(found[1]), Number(found[2])];
  return have > major || (have === major && haveMinor >= minor);
}

/** The authority by which Remote-SSH opens a host. It is made lower case, so other names go as hex of JSON, as its own do. */
export function remoteSshAuthority(host: string): string {
  if (/^[a-z0-9._-]+$/.test(host)) return `ssh-remote+${host}`;
  const [, user, hostName = host] = /^(?:([^@]+)@)?(.+)$/.exec(host) ?? [];
  const text = JSON.stringify({ hostName, ...(user === undefined ? {} : { user }) });
  const bytes = [...new TextEncoder().encode(text)];
  return `ssh-remote+${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
