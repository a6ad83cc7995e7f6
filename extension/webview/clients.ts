import type { Client } from '../core/decode/clients';
import { element } from './dom';
import type { Row } from './rows';
import type { Column } from './table';
import type { Texts } from './texts';

/** The columns of the clients' table; the button of a client shows its packets. */
export function clientColumns(texts: Texts, showPackets: (client: string) => void): readonly Column<Client>[] {
  const button = ({ client }: Client): HTMLElement => {
    const label = texts.text('showPackets', { client });
    const made = element('button', { type: 'button', class: 'client', 'aria-label': label }, client);
    made.addEventListener('click', () => {
      showPackets(client);
    });
    return made;
  };
  return [
    { name: 'client', heading: 'client', draw: (client) => [button(client)] },
    { name: 'count', heading: 'count' },
    { name: 'firstFrame', heading: 'firstFrame' },
    { name: 'lastFrame', heading: 'lastFrame' },
    { name: 'kinds', heading: 'kind' },
    { name: 'dialects', heading: 'dialect' },
    { name: 'segments', heading: 'segment' },
  ];
}

export function clientRow(client: Client): Row<Client> {
  const { count, firstFrame, lastFrame, kinds, dialects, segments } = client;
  const known = kinds.filter((kind) => kind !== null);
  return {
    source: client,
    cells: {
      client: client.client,
      count,
      firstFrame,
      lastFrame,
      kinds: known.length === 1 && known[0] !== undefined ? known[0] : known.join(' '),
      dialects: dialects.join(' '),
      segments: segments.join(' '),
    },
  };
}
