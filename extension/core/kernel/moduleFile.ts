import type { Message } from '../message';
import { message } from '../message';
import { identify } from './fileKind';
import type { ElfFile } from './elf';
import { findSection, readElf } from './elf';

/** What a kernel module says about itself. A value that its `.modinfo` lacks is `undefined`. */
export interface ModuleInfo {
  readonly kind: 'module';
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly vermagic: string | undefined;
  readonly srcversion: string | undefined;
  readonly license: string | undefined;
  readonly depends: readonly string[];
  /** Machine of the ELF header, in the words of `uname -m`. */
  readonly machine: string;
  /** A signature is appended. Says nothing about whether a kernel trusts it. */
  readonly signed: boolean;
}

/** Why a file could not be read as a module. */
export interface ModuleProblem {
  readonly kind: 'problem';
  readonly problem: 'not-elf' | 'truncated' | 'compressed-xz' | 'compressed-gz' | 'compressed-zst' | 'no-modinfo';
  readonly reason: Message;
}

/** Reads `.modinfo` of an uncompressed `.ko`, of either word size and byte order. Never throws and never reads past the end. */
export function readModuleInfo(bytes: Uint8Array): ModuleInfo | ModuleProblem {
  const other = identify(bytes);
  if (other !== undefined) return { kind: 'problem', ...other };
  const elf = readElf(bytes);
  if (elf === undefined) return truncated;
  const section = findSection(elf, '.modinfo');
  if (section === 'truncated') return truncated;
  if (section === undefined) return withoutModinfo;
  return describe(elf, fieldsOf(section), isSigned(bytes));
}

const truncated: ModuleProblem = {
  kind: 'problem',
  problem: 'truncated',
  reason: message('The file is an ELF file, but it is cut short or damaged.'),
};

const withoutModinfo: ModuleProblem = {
  kind: 'problem',
  problem: 'no-modinfo',
  reason: message('The file is an ELF file without module information (.modinfo), so it is no kernel module.'),
};

function describe({ machine }: ElfFile, fields: ReadonlyMap<string, string>, signed: boolean): ModuleInfo {
  return {
    kind: 'module',
    name: fields.get('name'),
    version: fields.get('version'),
    vermagic: fields.get('vermagic')?.trim(),
    srcversion: fields.get('srcversion'),
    license: fields.get('license'),
    depends: (fields.get('depends') ?? '').split(',').filter((name) => name !== ''),
    machine,
    signed,
  };
}

/** `key=value` texts, each ended by a zero byte. The first of a key counts, as in the kernel's `get_modinfo()`. */
function fieldsOf(section: Uint8Array): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const text of new TextDecoder().decode(section).split('\0')) {
    const equals = text.indexOf('=');
    const key = text.slice(0, equals);
    if (equals > 0 && !fields.has(key)) fields.set(key, text.slice(equals + 1));
  }
  return fields;
}

/** The last bytes of a signed module, from include/linux/module_signature.h. */
function isSigned(bytes: Uint8Array): boolean {
  const mark = '~Module signature appended~\n';
  return new TextDecoder().decode(bytes.subarray(Math.max(0, bytes.length - mark.length))) === mark;
}
