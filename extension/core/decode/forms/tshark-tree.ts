import { endpointText } from '../address';
import { segmentOf } from '../packet/tcp';
import type { Fragment } from './fragment';
import { WrittenBuilder } from './written';
import type { Written } from './written';

const JSON_STRING = (name: string, group: string, value: string): string =>
  String.raw`"${name}": ?\[?\s{0,40}"(?<${group}>${value})"`;
const PDML_FIELD = (name: string, attribute: string, group: string, value: string): string =>
  String.raw`<field name="${name}"[^>]{0,1000}? ${attribute}="(?<${group}>${value})"`;

/**
 * What matters in tshark's JSON, EK and PDML, in the order in which it stands. JSON.parse would lose repeated keys and every position,
 * so the text is searched instead.
 */
const JSON_PIECE = new RegExp(
  [
    String.raw`(?<packetStart>"layers": ?\{)`,
    JSON_STRING('frame(?:\\.|_frame_)number', 'frame', String.raw`\d{1,9}`),
    JSON_STRING('frame_raw', 'packet', '[0-9a-f]+'),
    JSON_STRING('(?:ip\\.|ip_ip_|ipv6\\.|ipv6_ipv6_)src', 'source', '[0-9a-f.:]{2,45}'),
    JSON_STRING('(?:ip\\.|ip_ip_|ipv6\\.|ipv6_ipv6_)dst', 'destination', '[0-9a-f.:]{2,45}'),
    JSON_STRING('tcp(?:\\.|_tcp_)srcport', 'sourcePort', String.raw`\d{1,5}`),
    JSON_STRING('tcp(?:\\.|_tcp_)dstport', 'destinationPort', String.raw`\d{1,5}`),
    JSON_STRING('tcp(?:\\.|_tcp_)len', 'length', String.raw`\d{1,6}`),
    JSON_STRING('tcp(?:\\.|_tcp_)flags', 'flags', '0x[0-9a-f]{4}'),
    JSON_STRING('tcp(?:\\.|_tcp_)options', 'options', '[0-9a-f:]+'),
    JSON_STRING('tcp(?:\\.|_tcp_)payload', 'payload', '[0-9a-f:]+'),
  ].join('|'),
  'g',
);
const PDML_PIECE = new RegExp(
  [
    '(?<packetStart><packet>)',
    PDML_FIELD(String.raw`frame\.number`, 'show', 'frame', String.raw`\d{1,9}`),
    PDML_FIELD(String.raw`(?:ip|ipv6)\.src`, 'show', 'source', '[0-9a-f.:]{2,45}'),
    PDML_FIELD(String.raw`(?:ip|ipv6)\.dst`, 'show', 'destination', '[0-9a-f.:]{2,45}'),
    PDML_FIELD(String.raw`tcp\.srcport`, 'show', 'sourcePort', String.raw`\d{1,5}`),
    PDML_FIELD(String.raw`tcp\.dstport`, 'show', 'destinationPort', String.raw`\d{1,5}`),
    PDML_FIELD(String.raw`tcp\.len`, 'show', 'length', String.raw`\d{1,6}`),
    PDML_FIELD(String.raw`tcp\.flags`, 'show', 'flags', '0x[0-9a-f]{4,8}'),
    PDML_FIELD(String.raw`tcp\.options`, 'value', 'options', '[0-9a-f]+'),
    PDML_FIELD(String.raw`tcp\.payload`, 'value', 'payload', '[0-9a-f]+'),
  ].join('|'),
  'g',
);

/** tshark -T json (also -x and jsonraw), -T ek, and Wireshark's "Export as JSON". */
export function readTsharkJson(text: string): readonly Fragment[] | undefined {
  return /"layers": ?\{/.test(text) ? readPieces(text, JSON_PIECE) : undefined;
}

/** tshark -T pdml. */
export function readPdml(text: string): readonly Fragment[] | undefined {
  return text.includes('<pdml') || /<proto name="tcp"/.test(text) ? readPieces(text, PDML_PIECE) : undefined;
}

function readPieces(text: string, pattern: RegExp): readonly Fragment[] {
  const reader = new PieceReader();
  for (const match of text.matchAll(pattern)) {
    const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
    for (const [name, value] of Object.entries(groups))
      if (value !== undefined) reader.piece(name, value, () => digitsAt(text, match, value));
  }
  reader.closePacket();
  return reader.fragments;
}

/** Gathers the pieces of one packet after the other. With -x the packet's own bytes come first, and say everything. */
class PieceReader {
  readonly fragments: Fragment[] = [];
  #frame = 0;
  /** Packets that came as bytes. */
  #raw = 0;
  /** The fields of this packet; of an inner header those of the outer one are overwritten. */
  #fields = new Map<string, string>();
  #options: Written | undefined;
  #payload: Written | undefined;

  piece(name: string, value: string, written: () => Written): void {
    if (name === 'packetStart') {
      this.closePacket();
      if (this.#raw === 0) this.#frame++; // until its number comes; with -J the text has none
    } else if (name === 'packet') this.fragments.push({ as: 'packet', frame: ++this.#raw, written: written() });
    else if (name === 'frame') this.#frame = Number(value);
    else if (name === 'options') this.#options = written();
    else if (name === 'payload') this.#payload = written();
    else this.#fields.set(name, value);
  }

  closePacket(): void {
    if (this.#raw === 0) this.#push();
    this.#fields = new Map();
    this.#options = undefined;
    this.#payload = undefined;
  }

  #push(): void {
    const frame = Math.max(this.#frame, 1);
    const flags = this.#fields.get('flags');
    const carriesData = this.#payload !== undefined || (this.#fields.get('length') ?? '0') !== '0';
    const segment = flags === undefined ? undefined : segmentOf(Number.parseInt(flags, 16), carriesData);
    const ends = { source: this.#end('source'), destination: this.#end('destination') };
    if (this.#options !== undefined)
      this.fragments.push({ as: 'options', frame, written: this.#options, segment, ...ends });
    if (this.#payload !== undefined)
      this.fragments.push({ as: 'payload', frame, written: this.#payload, segment, ...ends });
    const { source, destination } = ends;
    if (segment !== undefined && source !== undefined && destination !== undefined)
      this.fragments.push({ as: 'seen', source, destination, segment });
  }

  #end(side: 'source' | 'destination'): string | undefined {
    const address = this.#fields.get(side);
    const port = this.#fields.get(`${side}Port`);
    return address === undefined || port === undefined ? undefined : endpointText(address, Number(port));
  }
}

function digitsAt(text: string, match: RegExpExecArray, digits: string) {
  const builder = new WrittenBuilder();
  const start = match.index + match[0].lastIndexOf(digits);
  for (let at = start; at + 2 <= start + digits.length;) {
    if (text[at] === ':') at++;
    else {
      builder.push(Number.parseInt(text.slice(at, at + 2), 16), at, at + 2);
      at += 2;
    }
  }
  return builder.finish();
}
