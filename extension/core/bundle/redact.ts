/** Names of people and machines that are known to be in a text. */
export interface Secrets {
  readonly users: readonly string[];
  readonly hosts: readonly string[];
}

/** Names that tell nobody apart, and that the report needs. */
const COMMON = new Set(
  'root localhost localdomain debian ubuntu centos rhel fedora rocky alma almalinux alpine arch suse opensuse linux kernel toa make gcc build modules module sudo server host user admin test none unknown'.split(
    ' ',
  ),
);

const HOME = /(?:\/home|\/Users|\/export\/home|~)\/?([A-Za-z_][\w.-]{0,63})/g;
const AT = /([A-Za-z_][\w.+-]{0,63})@([A-Za-z0-9][\w.-]{0,252})/g;
/** As cloud providers name machines by their address. */
const ADDRESS_NAME = /\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b[\w.-]{0,100}/g;
const MAC = /(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:])/g;
const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d)/g;
const IPV6 = /(?<![\w:])(?=[0-9A-Fa-f:]{2,45})(?:[0-9A-Fa-f]{0,4}:){2,8}[0-9A-Fa-f]{0,4}(?![\w:])/g;

/** Addresses that every machine has. */
const EVERYWHERE = new Set(['127.0.0.1', '0.0.0.0', '255.255.255.255', '::1', '::']);
const PRIVATE =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i;

/** Replaces names and addresses by pseudonyms, the same one for the same name in every text it is given. */
export interface Redactor {
  redact(text: string): string;
}

/**
 * Makes a redactor for the texts of one report. It takes the names that are known, those that stand in home directories and before or after
 * an `@` in the texts, and every IP and MAC address.
 */
export function createRedactor(secrets: Secrets, texts: readonly string[]): Redactor {
  const pseudonyms = new Map<string, string>();
  const counts = new Map<string, number>();
  const pseudonym = (kind: string, secret: string): string => {
    const key = `${kind} ${secret.toLowerCase()}`;
    const known = pseudonyms.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const made = `${kind}-${count}`;
    pseudonyms.set(key, made);
    return made;
  };
  const { users, hosts } = namesIn(secrets, texts);
  const names = nameMatcher([...users, ...hosts]);
  const address = (found: string): string => {
    if (EVERYWHERE.has(found)) return found;
    return pseudonym(PRIVATE.test(found) ? 'private-address' : 'address', found);
  };
  return {
    redact: (text) =>
      replaceNames(text, names, (name) => pseudonym(users.has(name.toLowerCase()) ? 'user' : 'host', name))
        .replace(ADDRESS_NAME, (found) => pseudonym('host', found))
        .replace(MAC, (found) => pseudonym('mac', found))
        // First, so that ::ffff:192.0.2.1 is not taken for a shorter one.
        .replace(IPV4, address)
        .replace(IPV6, (found) => (isIpv6(found) ? address(found) : found)),
  };
}

interface Names {
  readonly users: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
}

/** In lower case. A machine is known by its short name too. */
function namesIn({ users, hosts }: Secrets, texts: readonly string[]): Names {
  const homes = texts.flatMap((text) => [...text.matchAll(HOME)].map(([, name = '']) => name));
  const pairs = texts.flatMap((text) => [...text.matchAll(AT)]);
  const isSecret = (name: string): boolean => name !== '' && !COMMON.has(name) && !/^[\d.]+$/.test(name);
  const set = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()).filter(isSecret));
  const machines = [...hosts, ...pairs.map(([, , name = '']) => name.replace(/[.-]+$/, ''))];
  return {
    users: set([...users, ...homes, ...pairs.map(([, name = '']) => name)]),
    hosts: set([...machines, ...machines.map((name) => name.split('.')[0] ?? name)]),
  };
}

/** The longest name first, so that no part of it is taken for another. `undefined` when there is none. */
function nameMatcher(names: readonly string[]): RegExp | undefined {
  if (names.length === 0) return undefined;
  const sorted = [...new Set(names)].sort((a, b) => b.length - a.length);
  const escaped = sorted.map((name) => name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
  return new RegExp(`(?<![A-Za-z0-9_])(?:${escaped.join('|')})(?![A-Za-z0-9_])`, 'gi');
}

function replaceNames(text: string, names: RegExp | undefined, by: (name: string) => string): string {
  return names === undefined ? text : text.replace(names, by);
}

/** Two colons in a row once, or seven of them; times of the day have neither. */
function isIpv6(text: string): boolean {
  const colons = text.split(':').length - 1;
  const doubles = text.split('::').length - 1;
  return (colons === 7 && doubles === 0) || (doubles === 1 && !text.includes(':::') && colons <= 8);
}
