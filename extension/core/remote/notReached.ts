import { message, type Message } from '../message';

/** Why a host could not be reached by ssh, as a kind that the editor can act on and one sentence. */
export interface NotReached {
  readonly kind:
    | 'unknown-host'
    | 'refused'
    | 'no-answer'
    | 'denied'
    | 'host-key-changed'
    | 'host-key-unknown'
    | 'old-algorithms'
    | 'no-ssh'
    | 'no-shell'
    | 'other';
  readonly detail: Message;
  /** With `old-algorithms`: the ssh option that would accept what the server offers, as `Name=+algorithm,…`. */
  readonly option?: string | undefined;
}

type Reader = (words: string, host: string) => NotReached | undefined;

/** Reads ssh's own words, which come without translation. Sources: OpenSSH's sshconnect.c, sshconnect2.c, kex.c, dns errors of libc. */
export function notReached(words: string, host: string): NotReached {
  for (const read of READERS) {
    const found = read(words, host);
    if (found !== undefined) return found;
  }
  const said = lastLine(words);
  return said === ''
    ? { kind: 'no-shell', detail: message('{host} ended the connection without a word.', { host }) }
    : { kind: 'other', detail: message('{host} could not be reached: {said}', { host, said }) };
}

/** A host where something else than sh answers, or nothing: we waited `seconds` for it. */
export function noShell(how: 'silent' | 'noisy', host: string, seconds: number): NotReached {
  const detail =
    how === 'silent'
      ? message(
          '{host} took the connection and then did not answer for {seconds} seconds. Often a login script there waits, like ~/.bashrc; “ssh {host}” in a terminal shows more.',
          { host, seconds },
        )
      : message(
          '{host} prints without end where its sh should answer. Often a login script there does, like ~/.bashrc; “ssh {host}” in a terminal shows more.',
          { host },
        );
  return { kind: 'no-shell', detail };
}

const READERS: readonly Reader[] = [changedKey, oldAlgorithms, unknownKey, denied, network, noProgram];

function changedKey(words: string, host: string): NotReached | undefined {
  if (!/REMOTE HOST IDENTIFICATION HAS CHANGED|DNS SPOOFING DETECTED/.test(words)) return undefined;
  const place = /^Offending (?:\S+ )?key in (.+)$/m.exec(words)?.[1] ?? 'known_hosts';
  return {
    kind: 'host-key-changed',
    detail: message(
      'The key of {host} is not the one that is kept in {place}: it was installed anew, or someone is in between. Nothing was sent. When you know the reason, remove that line and try again.',
      { host, place },
    ),
  };
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/no matching host key type/, 'HostKeyAlgorithms'],
  [/no matching key exchange method/, 'KexAlgorithms'],
  [/no matching cipher/, 'Ciphers'],
  [/no matching MAC/, 'MACs'],
  [/no mutual signature (?:algorithm|supported)/, 'PubkeyAcceptedAlgorithms'],
];

/** Stand among the key exchange methods and are none (RFC 8308, OpenSSH's PROTOCOL): ssh refuses them in its options. */
const SIGNALS = /^(?:ext-info-[cs]|kex-strict-[cs]-.*)$/;

function oldAlgorithms(words: string, host: string): NotReached | undefined {
  const kind = KINDS.find(([sign]) => sign.test(words))?.[1];
  if (kind === undefined) return undefined;
  const offered = kind === 'PubkeyAcceptedAlgorithms' ? 'ssh-rsa' : /Their offer: (\S+)/.exec(words)?.[1];
  const algorithms = (offered ?? '').split(',').filter((name) => /^[\w@.+-]+$/.test(name) && !SIGNALS.test(name));
  return {
    kind: 'old-algorithms',
    option: algorithms.length === 0 ? undefined : `${kind}=+${algorithms.join(',')}`,
    detail: message(
      '{host} offers only algorithms that ssh no longer trusts ({algorithms}): its sshd is old. They can be allowed for this host alone.',
      { host, algorithms: algorithms.join(', ') },
    ),
  };
}

function unknownKey(words: string, host: string): NotReached | undefined {
  if (!/Host key verification failed/.test(words)) return undefined;
  const detail = message('The key of {host} was not accepted, so nothing was sent. Connect again to see it.', { host });
  return { kind: 'host-key-unknown', detail };
}

function denied(words: string, host: string): NotReached | undefined {
  const methods = /Permission denied \(([^)\n]*)\)/.exec(words)?.[1];
  if (methods === undefined && !/Too many authentication failures|Permission denied, please try again/.test(words))
    return undefined;
  return {
    kind: 'denied',
    detail: message(
      '{host} let nobody in: it accepts {methods}, and none of them succeeded. “ssh {host}” in a terminal shows which user and keys were tried.',
      {
        host,
        methods: methods ?? 'password',
      },
    ),
  };
}

function network(words: string, host: string): NotReached | undefined {
  // What a jump host's ssh says is not shown where connections are shared (sshconnect.c).
  if (/by UNKNOWN port 65535/.test(words)) {
    const detail = message(
      '{host} was not reached: its jump host or ProxyCommand failed. “ssh {host}” in a terminal shows why.',
      { host },
    );
    return { kind: 'no-answer', detail };
  }
  // It may be another name for the host.
  const unknown = /Could not resolve hostname ([^\s:]+)/.exec(words)?.[1];
  if (unknown !== undefined)
    return {
      kind: 'unknown-host',
      detail: message('No host is called {host}. Check the name, or name its address in ~/.ssh/config (HostName).', {
        host: unknown,
      }),
    };
  const [, address, port] = /connect to host (\S+) port (\d+)/.exec(words) ?? [];
  const where = address === undefined || address === host ? host : `${host} (${address}, port ${port ?? '?'})`;
  if (/Connection refused/.test(words))
    return {
      kind: 'refused',
      detail: message('{host} refuses connections: no sshd listens there. Check the port, and that sshd runs.', {
        host: where,
      }),
    };
  if (/timed out|No route to host|Network is unreachable|Timeout, server/.test(words))
    return {
      kind: 'no-answer',
      detail: message('{host} does not answer. Check its address, and whether a VPN or a firewall is in the way.', {
        host: where,
      }),
    };
  return undefined;
}

function noProgram(words: string): NotReached | undefined {
  if (!/spawn \S* ?ENOENT|ENOENT/.test(words)) return undefined;
  return {
    kind: 'no-ssh',
    detail: message('ssh is not installed here, or not in PATH. Install OpenSSH’s client, then try again.'),
  };
}

/** ssh's last word that is no mere note of a new key. */
function lastLine(words: string): string {
  const lines = words.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !line.startsWith('Warning: Permanently added'))?.slice(0, 300) ?? '';
}
