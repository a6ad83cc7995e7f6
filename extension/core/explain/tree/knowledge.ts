import { readReport } from '../../probe/report';

/** A line of a header that has a name, and the absolute path of the header. */
export interface Declaration {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** The kernel has it only as a member of a structure, or for architectures that have nothing of their own. */
  readonly isElsewhere: boolean;
}

/** A symbol that the tree exports to modules. */
export interface Export {
  readonly name: string;
  /** `vmlinux`, or the path of the module that has it. */
  readonly from: string;
  readonly isForGpl: boolean;
  /** Checksum of its interface, where the kernel has them (MODVERSIONS). */
  readonly crc: number | undefined;
}

/** What one kernel tree, and the kernel that belongs to it, say of names. */
export interface TreeKnowledge {
  /** The directory that was asked. */
  readonly tree: string;
  /** Every name that was asked for. What no list below has, the tree has not. */
  readonly asked: readonly string[];
  /** The likeliest declaration of each name that has one. */
  readonly declarations: readonly Declaration[];
  /** Headers that were asked for and are there. */
  readonly headers: readonly string[];
  /** `undefined` where neither the tree nor the kernel's package has a list of them. */
  readonly exports: readonly Export[] | undefined;
  /** The module that depmod found to own a symbol. */
  readonly owners: ReadonlyMap<string, string>;
  /** Symbols that are in the running kernel, exported or not; `undefined` where it was not asked or hides them. */
  readonly inKernel: ReadonlySet<string> | undefined;
}

/** Reads the output of `host/symbols.sh`; `undefined` when it is cut or no report. Any text is taken. */
export function readKnowledge(text: string, tree: string, asked: readonly string[]): TreeKnowledge | undefined {
  const report = readReport(text, 'toa-symbols');
  if ('fault' in report) return undefined;
  const { fields } = report;
  const kallsyms = fields.all('kallsyms').map((line) => line.split(' ')[1] ?? '');
  return {
    tree,
    asked,
    declarations: asked.flatMap((name) => declarationOf(name, fields.all('declared')) ?? []),
    headers: fields.all('header'),
    exports: fields.is('symvers') ? fields.all('export').flatMap((line) => exportOf(line) ?? []) : undefined,
    owners: new Map(fields.all('owner').map((line) => splitOwner(line))),
    inKernel: kallsyms.length === 0 ? undefined : new Set(kallsyms),
  };
}

function splitOwner(line: string): readonly [symbol: string, module: string] {
  const [symbol = '', module = ''] = line.split(' ');
  return [symbol, module];
}

/** `0x1234abcd tcp_prot vmlinux EXPORT_SYMBOL_GPL`; before 5.4 the module may stand before a name space. */
function exportOf(line: string): Export | undefined {
  const [crc = '', name, from, kind = ''] = line.trim().split(/ +/);
  if (!crc.startsWith('0x') || name === undefined || from === undefined) return undefined;
  const checksum = Number(crc);
  return {
    ...{ name, from, isForGpl: /_GPL/.test(kind) || /EXPORT_SYMBOL_GPL/.test(line) },
    crc: checksum > 0 ? checksum : undefined,
  };
}

/** The hit that looks most like the declaration; a mere use of the name is none. */
function declarationOf(name: string, lines: readonly string[]): Declaration | undefined {
  const hits = lines.flatMap((line) => {
    const [, file, number, text] = /^([^:]{1,300}):(\d{1,7}):(.*)$/.exec(line) ?? [];
    if (file === undefined || text === undefined || !text.includes(name)) return [];
    const rank = rankOf(name, text);
    return rank === 0 ? [] : [{ name, file, line: Number(number), text: text.trim(), rank }];
  });
  const best = [...hits].sort((a, b) => b.rank - a.rank || a.file.length - b.file.length)[0];
  if (best === undefined) return undefined;
  const isElsewhere = best.rank === MEMBER || best.file.includes('/asm-generic/');
  return { name: best.name, file: best.file, line: best.line, text: best.text, isElsewhere };
}

/** The rank of a pointer in a structure. */
const MEMBER = 1;

/** How much a line looks like the place that declares a name: 0 for none. `name` is a C identifier. */
function rankOf(name: string, text: string): number {
  if (new RegExp(`^\\s*#\\s*define\\s+${name}\\b`).test(text)) return 3;
  if (new RegExp(`^(?:struct|enum|union)\\s+${name}\\s*\\{`).test(text)) return 4;
  if (/^\s/.test(text)) return new RegExp(`\\(\\s*\\*\\s*${name}\\s*\\)`).test(text) ? MEMBER : 0;
  if (new RegExp(`\\b${name}\\s*(?:\\(|;|\\[|,$)`).test(text) && !/^(?:if|return|for|while)\b/.test(text)) {
    return text.startsWith('static inline') ? 4 : 5;
  }
  return 0;
}

/** How a declaration is quoted as evidence. */
export function quote({ file, line, text }: Declaration): string {
  return `${file}:${line}: ${text}`;
}
