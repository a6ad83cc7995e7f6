import type { Column } from '../table';
import type { FleetRow } from './protocol';
import type { FleetString } from './strings';

/** The columns of the table of hosts: first what is wrong and what to do, which the narrow page shows without scrolling. */
export const fleetColumns: readonly Column<FleetRow, FleetString>[] = [
  { name: 'host', heading: 'host', style: ({ state }) => `host ${state}` },
  { name: 'kernel', heading: 'kernel' },
  { name: 'headers', heading: 'headers' },
  { name: 'built', heading: 'built' },
  { name: 'loaded', heading: 'loaded' },
  { name: 'fits', heading: 'fits' },
  { name: 'atBoot', heading: 'atBoot' },
  { name: 'summary', heading: 'summary', style: () => 'note' },
  { name: 'remedy', heading: 'remedy', style: () => 'note command' },
  { name: 'cause', heading: 'cause' },
  { name: 'distribution', heading: 'distribution' },
];
