import type { Decoded } from '../core/decode/decoded';
import { element } from './dom';
import type { Row } from './rows';
import { mark, type Column } from './table';
import type { Texts } from './texts';

export interface ResultActions {
  readonly select: (result: Decoded) => void;
  readonly copy: (client: string) => void;
}

/** The columns of the packets' table. Each row has a button that shows its bytes, and one that copies the client. */
export function resultColumns(texts: Texts, actions: ResultActions): readonly Column<Decoded>[] {
  return [
    {
      name: 'client',
      heading: 'client',
      draw: (result, row) => [selectButton(result, row, texts, actions), ...copyButton(result.client, texts, actions)],
    },
    { name: 'kind', heading: 'kind' },
    { name: 'dialect', heading: 'dialect' },
    { name: 'status', heading: 'status', style: ({ status }) => `status ${status}` },
    { name: 'frame', heading: 'frame' },
    { name: 'segment', heading: 'segment' },
    { name: 'note', heading: 'note', style: () => 'note' },
  ];
}

export function resultRow(result: Decoded, texts: Texts): Row<Decoded> {
  const { client, kind, dialect, status, frame, segment } = result;
  return {
    source: result,
    cells: {
      frame,
      client,
      kind,
      dialect,
      status: texts.status(status),
      segment: segment ?? null,
      note: noteText(result, texts),
    },
  };
}

function selectButton(
  result: Decoded,
  row: HTMLTableRowElement,
  texts: Texts,
  actions: ResultActions,
): HTMLButtonElement {
  const name = clientText(result, texts);
  const label = texts.text('showBytes', { client: name });
  const button = element('button', { type: 'button', class: 'client', 'aria-label': label }, name);
  button.disabled = result.options.length === 0;
  button.addEventListener('click', () => {
    mark(row);
    actions.select(result);
  });
  return button;
}

function copyButton(client: string | null, texts: Texts, { copy }: ResultActions): readonly HTMLElement[] {
  if (client === null) return [];
  const label = texts.text('copyClient', { client });
  const button = element(
    'button',
    { type: 'button', class: 'copy secondary', 'aria-label': label, title: label },
    texts.text('copy'),
  );
  button.addEventListener('click', () => {
    copy(client);
  });
  return [button];
}

function clientText({ client, port }: Decoded, texts: Texts): string {
  if (client !== null) return client;
  return port === null ? texts.text('noClient') : texts.text('portOnly', { port });
}

function noteText({ note, vip, alternative }: Decoded, texts: Texts): string {
  const parts = [
    note === undefined ? '' : texts.note(note),
    vip === undefined ? '' : texts.text('service', { vip }),
    alternative === undefined
      ? ''
      : texts.text('otherReading', { client: alternative.client, reason: texts.note(alternative.reason) }),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
