import type { Row } from '../rows';
import type { SaidRow } from '../../core/fleet/hostRow';
import type { FleetString } from './strings';

/** A host's cells; one that could not be asked says nothing of itself. */
export function fleetRow(row: SaidRow, text: (key: FleetString) => string): Row<SaidRow> {
  const mark = (value: boolean): string => (row.state === 'unreached' ? '' : text(value ? 'yes' : 'no'));
  const { host, distribution, kernel, headers, built, loaded, fit, atBoot, cause, summary, remedy } = row;
  return {
    source: row,
    cells: {
      host,
      distribution,
      kernel,
      headers: mark(headers),
      built: mark(built),
      loaded: mark(loaded),
      fits: fit ?? '',
      atBoot: mark(atBoot),
      cause: cause ?? '',
      summary,
      remedy,
    },
  };
}
