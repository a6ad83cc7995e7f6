import type { Message } from '../core/message';
import { render } from '../core/message';
import type { FieldRole, Status } from '../core/decode/decoded';
import type { PageData, Tab } from './protocol';
import type { DecoderString } from './strings';

const STATUS: Readonly<Record<Status, DecoderString>> = {
  decoded: 'statusDecoded',
  partial: 'statusPartial',
  lossy: 'statusLossy',
  ambiguous: 'statusAmbiguous',
  truncated: 'statusTruncated',
  malformed: 'statusMalformed',
  info: 'statusInfo',
  none: 'statusNone',
  error: 'statusError',
};

const FIELD: Readonly<Record<FieldRole, DecoderString>> = {
  kind: 'fieldKind',
  length: 'fieldLength',
  port: 'fieldPort',
  address: 'fieldAddress',
  'vip-port': 'fieldVipPort',
  'vip-address': 'fieldVipAddress',
  vid: 'fieldVid',
  vpcid: 'fieldVpcid',
  version: 'fieldVersion',
  reserved: 'fieldReserved',
  exid: 'fieldExid',
  pid: 'fieldPid',
  sequence: 'fieldSequence',
  data: 'fieldData',
};

const TABS: Readonly<Record<Tab, DecoderString>> = {
  packets: 'tabPackets',
  clients: 'tabClients',
  connections: 'tabConnections',
};

/** The page's texts in the user's language. */
export class Texts {
  constructor(private readonly data: PageData) {}

  text(key: DecoderString, values: Message['values'] = {}): string {
    return render({ text: this.data.strings[key], values });
  }

  /** A note of core/decode. */
  note(note: Message): string {
    return render(note, (english) => this.data.translations[english] ?? english);
  }

  status(status: Status): string {
    return this.text(STATUS[status]);
  }

  field(role: FieldRole): string {
    return this.text(FIELD[role]);
  }

  /** The name of a table, with how many rows it has where that is known. */
  tab(tab: Tab, count?: number): string {
    const name = this.text(TABS[tab]);
    return count === undefined ? name : `${name} (${count})`;
  }
}
