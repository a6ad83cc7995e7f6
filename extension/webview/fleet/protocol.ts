import type { HostRow } from '../../core/fleet/hostRow';
import { isRecord } from '../../core/json';

/** A host as the page shows it: its summary is said in the user's language already. */
export type FleetRow = Omit<HostRow, 'summary'> & { readonly summary: string };

/** From the extension to the page: all that is known until now. */
export interface FleetState {
  readonly rows: readonly FleetRow[];
  /** How many hosts were to be checked. */
  readonly count: number;
  readonly phase: 'checking' | 'finished' | 'stopped';
}

/** From the page to the extension; the hosts are those that the filter leaves, in the order of the table. */
export type FleetRequest =
  | { readonly type: 'ready' | 'cancel' | 'again' }
  | { readonly type: 'csv' | 'json' | 'ansible'; readonly hosts: readonly string[] };

const PLAIN: readonly unknown[] = ['ready', 'cancel', 'again'];
const WITH_HOSTS: readonly unknown[] = ['csv', 'json', 'ansible'];

/** Checks a message from the page. */
export function isFleetRequest(value: unknown): value is FleetRequest {
  if (!isRecord(value)) return false;
  const { type, hosts } = value;
  if (PLAIN.includes(type)) return true;
  return WITH_HOSTS.includes(type) && Array.isArray(hosts) && hosts.every((host) => typeof host === 'string');
}

/** Checks a message from the extension. */
export function isFleetState(value: unknown): value is FleetState {
  return isRecord(value) && Array.isArray(value['rows']) && typeof value['count'] === 'number';
}
