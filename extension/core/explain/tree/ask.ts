import { removalOf, signatureChangeOf } from '../apiChanges';
import type { Finding } from '../finding';
import { allSaid, type Symptom } from '../symptom';

const API = /^api_/;
const SYMBOL: readonly string[] = [
  'symbol_not_exported',
  'dependency_not_loaded',
  'kernel_config_missing_feature',
  'module_symvers_missing',
  'gpl_only_symbol',
];

/** More names than any failure needs. */
const MOST = 40;

/** The names of the kernel that findings are about, and what replaces them: what a tree is to be asked for. */
export function namesToAsk(findings: readonly Finding[], symptoms: readonly Symptom[]): readonly string[] {
  const ofApi = findings.filter(({ cause }) => API.test(cause)).flatMap((finding) => apiNames(finding));
  const isAboutSymbols = findings.some(({ cause }) => SYMBOL.includes(cause));
  const symbols = isAboutSymbols
    ? allSaid(symptoms, 'undefined-symbol', 'unknown-symbol', 'gpl-only').map(({ values }) => values['symbol'] ?? '')
    : [];
  return [...new Set([...ofApi, ...symbols])].filter(isAskable).slice(0, MOST);
}

/** The name that a finding is about, as its title says it. */
export function nameOf({ cause, title }: Finding): string | undefined {
  const name = title.values['name'] ?? title.values['symbol'] ?? BY_CAUSE[cause];
  return typeof name === 'string' ? name : undefined;
}

const BY_CAUSE: Readonly<Partial<Record<string, string>>> = {
  api_class_create: 'class_create',
  api_inet_getname: 'inet_getname',
  api_proc_ops: 'proc_create',
  api_nf_sockopt_header: 'nf_sockopt_ops',
};

function apiNames(finding: Finding): readonly string[] {
  const name = nameOf(finding);
  if (name === undefined) return [];
  const change = removalOf(name) ?? signatureChangeOf(name);
  return [name, ...(change === undefined ? [] : replacements(change.instead))];
}

/** The identifiers and headers among the words that say what to write instead. */
export function replacements(instead: string): readonly string[] {
  return instead.split(/[^\w/.]+/).filter((word) => /^[a-z]\w*_\w+$/.test(word) || /^[\w/]+\.h$/.test(word));
}

const isAskable = (name: string): boolean =>
  /^[A-Za-z_]\w{1,99}$/.test(name) || (/^[\w/-]{1,99}\.h$/.test(name) && !name.startsWith('/'));
