import { modulesFor } from './acceptance';
import type { FieldRole, OptionField } from './decoded';

/** A field of an option, in bytes from its kind byte. All integers are in network order. */
export interface FieldLayout {
  readonly role: FieldRole;
  readonly offset: number;
  readonly length: number;
}

/** How one product writes an address into a TCP option. */
export interface Dialect {
  readonly name: string;
  readonly kind: number;
  readonly length: number;
  /** After kind and length. */
  readonly fields: readonly FieldLayout[];
  /** Bytes that must be there for this reading. */
  readonly fixed?: { readonly offset: number; readonly bytes: readonly number[] };
  /** Bytes that prove that it is something else. */
  readonly excluded?: { readonly offset: number; readonly bytes: readonly number[] };
  /** `client`: who connected. `vip`: the service's own address. `attribute`: something that only accompanies a client. `inner`: a tunnel's ends. */
  readonly carries: 'client' | 'vip' | 'attribute' | 'inner';
  /** Who writes it, and where that is documented. */
  readonly source: string;
}

const field = (role: FieldRole, offset: number, length: number): FieldLayout => ({ role, offset, length });

/** `port2 address`, the layout of nearly everyone. */
const portThenAddress = (length: 4 | 16): readonly FieldLayout[] => [field('port', 2, 2), field('address', 4, length)];

const toaV4 = (kind: number, source: string): Dialect => ({
  name: 'toa-v4',
  kind,
  length: 8,
  fields: portThenAddress(4),
  carries: 'client',
  source,
});

const toaV6 = (kind: number, source: string): Dialect => ({
  name: 'toa-v6',
  kind,
  length: 20,
  fields: portThenAddress(16),
  carries: 'client',
  source,
});

/** Every known layout. The first row that fits kind and length wins; users' own kinds can be put in front. */
export const DIALECTS: readonly Dialect[] = [
  toaV4(200, 'Tencent Cloud (TCPOPT_ADDR 200), TencentOS net/toa, UCloud, ip_vs_ca'),
  toaV4(254, 'alibaba/LVS ip_vs.h, Huawei TCP_option_address, elb-toa, DPVS, UCloud'),
  toaV4(253, 'UCloud TCPOPT_TOA_AKAMAI'),
  toaV6(200, 'kernel/option.h of this project, which reads both kinds in both lengths'),
  toaV6(253, 'alibaba/LVS IPv6, Alibaba kernel, Huawei eBPF toa header'),
  toaV6(254, 'DPVS kmod/toa/toa.h, AliCDN eBPF, F5 agent 9.10'),
  {
    name: 'f5-addr-only-v4',
    kind: 254,
    length: 6,
    fields: [field('address', 2, 4)],
    excluded: { offset: 2, bytes: [0xe2, 0xd4, 0xc3, 0xd9] }, // SMC-R and SMC-D, RFC 7609
    carries: 'client',
    source: 'F5 OpenStack agent 9.8 and 9.9',
  },
  {
    name: 'f5-addr-only-v6',
    kind: 254,
    length: 18,
    fields: [field('address', 2, 16)],
    carries: 'client',
    source: 'F5 OpenStack agent 9.8 and 9.9',
  },
  {
    name: 'vtoa-vip',
    kind: 250,
    length: 8,
    fields: [field('vip-port', 2, 2), field('vip-address', 4, 4)],
    carries: 'vip',
    source: 'Alibaba kernel vtoa.h; follows kind 254',
  },
  {
    name: 'vtoa-v4',
    kind: 252,
    length: 20,
    fields: [
      field('port', 2, 2),
      field('address', 4, 4),
      field('vid', 8, 4),
      field('vip-address', 12, 4),
      field('vip-port', 16, 2),
      field('reserved', 18, 2),
    ],
    carries: 'client',
    source: 'Alibaba kernel vtoa.h',
  },
  {
    name: 'vtoa-v6',
    kind: 249,
    length: 40,
    fields: [
      field('port', 2, 2),
      field('address', 4, 16),
      field('vid', 20, 3),
      field('reserved', 23, 1),
      field('vip-address', 24, 16),
    ],
    carries: 'client',
    source: 'Alibaba kernel vtoa.h',
  },
  {
    name: 'vpc-id',
    kind: 201,
    length: 6,
    fields: [field('vpcid', 2, 4)],
    carries: 'attribute',
    source: 'TencentOS toa.h, beside kind 200',
  },
  {
    name: 'vpc-vip',
    kind: 202,
    length: 8,
    fields: [field('vip-port', 2, 2), field('vip-address', 4, 4)],
    carries: 'vip',
    source: 'TencentOS toa.h, beside kind 200',
  },
  {
    name: 'overlay28-v4',
    kind: 28,
    length: 7,
    fields: [field('version', 2, 1), field('address', 3, 4)],
    fixed: { offset: 2, bytes: [1] },
    carries: 'client',
    source: 'alibabacloud-cdn-tool-toa, DPVS dcdn patch, NetScaler',
  },
  {
    name: 'overlay28-v6',
    kind: 28,
    length: 19,
    fields: [field('version', 2, 1), field('address', 3, 16)],
    fixed: { offset: 2, bytes: [1] },
    carries: 'client',
    source: 'alibabacloud-cdn-tool-toa, NetScaler',
  },
  {
    name: 'riverbed-transparency',
    kind: 78,
    length: 16,
    fields: [field('data', 2, 14)],
    carries: 'inner',
    source: 'Wireshark packet-tcp.c (tcp.options.rvbd.trpy)',
  },
  {
    name: 'deepflow-tot',
    kind: 253,
    length: 16,
    fields: [field('exid', 2, 2), field('pid', 4, 4), field('address', 8, 4), field('sequence', 12, 4)],
    fixed: { offset: 2, bytes: [0xde, 0xe9] },
    carries: 'client',
    source: 'DeepFlow tot.c',
  },
];

/** A layout that a user adds: what stands behind kind and length. */
export interface UserKind {
  readonly kind: number;
  /** With kind and length byte: 8 or 20, and 6 or 18 for `address`. */
  readonly length: number;
  readonly layout: 'port-address' | 'address-port' | 'address';
}

/** A layout and who reads it. */
export interface KnownDialect extends Dialect {
  /** Published modules that read options of this kind and length. */
  readonly modules: readonly string[];
  /** All fields of a whole option, kind and length too. */
  readonly whole: readonly OptionField[];
}

/** The layouts that a decoder knows. */
export interface DialectTable {
  readonly rows: readonly KnownDialect[];
  /** 1 at every kind in the table, 0 at all others. */
  readonly carries: Uint8Array;
  /** The rows of each kind and length, by {@link shapeOf}. */
  readonly shapes: ReadonlyMap<number, readonly KnownDialect[]>;
}

/** A number for a kind with a length. */
export function shapeOf(kind: number, length: number): number {
  return (kind << 8) | length;
}

/** The table with users' own kinds in front. Rows whose length does not fit their layout are left out. */
export function dialectTable(kinds: readonly UserKind[]): DialectTable {
  const rows = [...kinds.flatMap(userDialect), ...DIALECTS].map((dialect): KnownDialect => {
    return { ...dialect, modules: modulesFor(dialect.kind, dialect.length), whole: wholeFields(dialect) };
  });
  const carries = new Uint8Array(256);
  const shapes = new Map<number, KnownDialect[]>();
  for (const dialect of rows) {
    const { kind, length } = dialect;
    const shape = shapeOf(kind, length);
    carries[kind] = 1;
    shapes.set(shape, [...(shapes.get(shape) ?? []), dialect]);
  }
  return { rows, carries, shapes };
}

function wholeFields({ fields }: Dialect): readonly OptionField[] {
  const all = [field('kind', 0, 1), field('length', 1, 1), ...fields];
  return all.map(({ role, offset, length }) => ({ role, start: offset, end: offset + length }));
}

function userDialect({ kind, length, layout }: UserKind): readonly Dialect[] {
  const size = length - (layout === 'address' ? 2 : 4);
  if (kind < 2 || kind > 255 || (size !== 4 && size !== 16)) return [];
  const fields = {
    'port-address': [field('port', 2, 2), field('address', 4, size)],
    'address-port': [field('address', 2, size), field('port', 2 + size, 2)],
    address: [field('address', 2, size)],
  }[layout];
  const name = `user-${size === 4 ? 'v4' : 'v6'}`;
  return [{ name, kind, length, fields, carries: 'client', source: 'The setting toa.decoder.kinds' }];
}

/** The table without users' kinds. */
export const STANDARD_DIALECTS: DialectTable = dialectTable([]);

/** Kinds that IANA left unassigned and only address carriers use: a length that no dialect has is a fault, not another protocol. */
export const OWN_KINDS: ReadonlySet<number> = new Set([200, 201, 202, 249, 250, 252]);

/** Experiment identifiers (RFC 6994) that other protocols use with kinds 253 and 254, by their registered names; '' where unsure. */
export const EXPERIMENTS: ReadonlyMap<number, string> = new Map([
  [0x00ac, ''],
  [0x0348, 'HOST_ID (RFC 7974)'],
  [0x0a0d, ''],
  [0x0ca0, ''],
  [0x0ed0, 'EDO'],
  [0x454e, 'TCP-ENO (RFC 8547)'],
  [0x5323, ''],
  [0x75ec, ''],
  [0xacc0, 'AccECN'],
  [0xacc1, 'AccECN'],
  [0xacce, 'AccECN'],
  [0xe2d4, 'SMC (RFC 7609)'],
  [0xeb9f, 'the eBPF header option demonstration'],
  [0xf989, 'TCP Fast Open (RFC 7413)'],
  [0xf990, ''],
]);

const STANDARD_NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'End of options'],
  [1, 'NOP'],
  [2, 'MSS'],
  [3, 'Window scale'],
  [4, 'SACK permitted'],
  [5, 'SACK'],
  [8, 'Timestamps'],
  [19, 'MD5 signature'],
  [28, 'User timeout'],
  [29, 'TCP-AO'],
  [30, 'MPTCP'],
  [34, 'Fast Open'],
  [76, 'Riverbed probe'],
  [78, 'Riverbed transparency'],
  [253, 'Experiment'],
  [254, 'Experiment'],
]);

/** What to call an option that is no address carrier. */
export function optionName(kind: number): string {
  return STANDARD_NAMES.get(kind) ?? `Option ${kind}`;
}
