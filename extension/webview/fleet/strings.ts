import { message, type Translate } from '../../core/message';
import { translateStrings } from '../translateStrings';

/** Every text of the page of hosts. The extension translates them; places in braces are filled in the page. */
export const fleetStrings = {
  title: message('Hosts'),
  host: message('Host'),
  distribution: message('Distribution'),
  kernel: message('Running kernel'),
  headers: message('Headers'),
  built: message('Built'),
  loaded: message('Loaded'),
  fits: message('Fits'),
  atBoot: message('At boot'),
  cause: message('Cause'),
  summary: message('What it means'),
  remedy: message('What to do'),
  yes: message('yes'),
  no: message('no'),
  filter: message('Filter'),
  more: message('Show more: {count} rows are not shown'),
  noMatch: message('No row matches the filter'),
  checking: message('{checked} of {count} hosts checked'),
  finished: message('{fine} of {count} hosts are fine'),
  stopped: message('Stopped: {checked} of {count} hosts checked, {fine} of them fine'),
  progress: message('How many hosts are checked'),
  cancel: message('Stop'),
  again: message('Check Again'),
  exportTable: message('Export the table'),
  exportCsv: message('Open as CSV'),
  exportJson: message('Open as JSON'),
  ansible: message('Write Ansible Project…'),
  ansibleNote: message('For the hosts that the filter leaves'),
};

export type FleetString = keyof typeof fleetStrings;
/** The texts in the user's language, places not yet filled. */
export type FleetStrings = Readonly<Record<FleetString, string>>;

export const translateFleetStrings = (translate: Translate): FleetStrings => translateStrings(fleetStrings, translate);
