import { viewOf } from '../bytes';

/** What an RPM package says of itself. */
export interface RpmInfo {
  readonly name: string;
  /** `VERSION-RELEASE.ARCH`; of a kernel what `uname -r` says. */
  readonly release: string;
}

/** Name, version, release, architecture. */
const TAGS = [1000, 1001, 1002, 1022] as const;

/** Reads the header of an RPM package; `undefined` for what is none or is cut. Never throws. Format: rpm.org, "Package Format V4". */
export function readRpm(bytes: Uint8Array): RpmInfo | undefined {
  const view = viewOf(bytes);
  if (bytes.length < 96 || view.getUint32(0) !== 0xedabeedb) return undefined;
  const signature = headerAt(view, 96);
  if (signature === undefined) return undefined;
  const header = headerAt(view, Math.ceil(signature.end / 8) * 8);
  const text = (tag: number): string | undefined => header && textOf(bytes, view, header, tag);
  const [name, version, release, arch] = TAGS.map((tag) => text(tag));
  if (name === undefined || version === undefined || release === undefined || arch === undefined) return undefined;
  return { name, release: `${version}-${release}.${arch}` };
}

interface Header {
  /** Of its index: entries of four words. */
  readonly index: number;
  readonly count: number;
  readonly store: number;
  readonly end: number;
}

/** Magic, a reserved word, the number of entries and the size of the store behind them. */
function headerAt(view: DataView, at: number): Header | undefined {
  if (at + 16 > view.byteLength || view.getUint32(at) >>> 8 !== 0x8eade8) return undefined;
  const count = view.getUint32(at + 8);
  const store = at + 16 + count * 16;
  const end = store + view.getUint32(at + 12);
  return end > view.byteLength ? undefined : { index: at + 16, count, store, end };
}

function textOf(bytes: Uint8Array, view: DataView, { index, count, store, end }: Header, wanted: number): string | undefined {
  for (let entry = 0; entry < count; entry += 1) {
    const at = index + entry * 16;
    if (view.getUint32(at) !== wanted) continue;
    const start = store + view.getUint32(at + 8);
    const stop = bytes.indexOf(0, start);
    return start < end && stop >= 0 && stop < end ? new TextDecoder().decode(bytes.subarray(start, stop)) : undefined;
  }
  return undefined;
}
