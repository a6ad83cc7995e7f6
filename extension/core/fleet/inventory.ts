import { isRecord } from '../json';
import { fleetHost, type FleetHost } from './fleetHost';
import { expandRanges } from './hostPattern';

/** The hosts of an inventory in Ansible's INI form: lines of a name, perhaps with ranges, and `key=value`; sections of variables and of groups have none. */
export function hostsOfInventory(text: string): readonly FleetHost[] {
  const hosts = new Map<string, FleetHost>();
  let holdsHosts = true;
  for (const line of text.split('\n')) {
    const [, section] = /^\s*\[([^\]]*)\]\s*(?:#.*)?$/.exec(line) ?? [];
    if (section !== undefined) holdsHosts = !section.includes(':');
    else if (holdsHosts)
      for (const host of hostsOfLine(line)) hosts.set(host.name, { ...hosts.get(host.name), ...host });
  }
  return [...hosts.values()];
}

function hostsOfLine(line: string): readonly FleetHost[] {
  const [pattern = '', ...words] = line
    .replace(/(?:^|\s)[#;].*/, '')
    .trim()
    .split(/\s+/);
  if (pattern === '') return [];
  const values = new Map(words.map((word) => [word.split('=')[0] ?? '', unquoted(word.slice(word.indexOf('=') + 1))]));
  return expandRanges(pattern).flatMap((name) => {
    const host = fleetHost(
      name,
      values.get('ansible_host'),
      values.get('ansible_user') ?? values.get('ansible_ssh_user'),
      values.get('ansible_port'),
    );
    return host ?? [];
  });
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;

/** The same of what `ansible-inventory --list` prints: JSON with the values of each host below `_meta.hostvars`. Throws when it is no JSON. */
export function hostsOfInventoryJson(text: string): readonly FleetHost[] {
  const inventory = recordOf(JSON.parse(text));
  const values = recordOf(recordOf(inventory['_meta'])['hostvars']);
  const listed = Object.values(inventory).flatMap((group) => {
    const { hosts } = recordOf(group);
    return Array.isArray(hosts) ? hosts.filter((name) => typeof name === 'string') : [];
  });
  return [...new Set([...listed, ...Object.keys(values)])].flatMap((name) => {
    const own = recordOf(values[name]);
    return fleetHost(name, textOf(own['ansible_host']), textOf(own['ansible_user']), textOf(own['ansible_port'])) ?? [];
  });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
