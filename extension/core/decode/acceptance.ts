import type { Decoded } from './decoded';

/** The options that a module reads, by kind and length. */
export interface Acceptance {
  readonly kinds: readonly number[];
  readonly lengths: readonly number[];
}

/** A published module and what it reads. */
export interface KnownModule extends Acceptance {
  readonly name: string;
}

/** What the published modules read, from their sources; see the dialect table. A name may stand twice. */
const MODULES: readonly KnownModule[] = [
  { name: 'TOA Doctor toa', kinds: [200, 254], lengths: [8, 20] },
  { name: 'Huawei / LVS toa', kinds: [254], lengths: [8] },
  { name: 'Tencent toa', kinds: [200], lengths: [8] },
  { name: 'UCloud toa', kinds: [200, 253, 254], lengths: [8] },
  { name: 'DPVS toa', kinds: [254], lengths: [8, 20] },
  { name: 'Alibaba vtoa', kinds: [254], lengths: [8] },
  { name: 'Alibaba vtoa', kinds: [252, 253], lengths: [20] },
  { name: 'Alibaba vtoa', kinds: [249], lengths: [40] },
  { name: 'AliCDN toa', kinds: [28], lengths: [7, 19] },
];

/** Whether a module reads an option of that kind and length. */
export function accepts({ kinds, lengths }: Acceptance, kind: number, length: number): boolean {
  return kinds.includes(kind) && lengths.includes(length);
}

/** The published modules that read an option of that kind and length, by name. */
export function modulesFor(kind: number, length: number): readonly string[] {
  return MODULES.filter((module) => accepts(module, kind, length)).map(({ name }) => name);
}

/** The length of the option that a result came from; `undefined` for other carriers and text that lost it. */
export function lengthOf({ kind, options, span }: Decoded): number | undefined {
  const same = options.filter((option) => option.kind === kind);
  return (same.find((option) => option.span?.start === span?.start) ?? same[0])?.length;
}
