import { removalOf } from '../apiChanges';
import { hostFact } from '../cause';
import { message } from '../../message';
import type { Evidence, Finding } from '../finding';
import { nameOf, replacements } from './ask';
import { quote, type TreeKnowledge } from './knowledge';

/**
 * What the tree at hand says of a finding about the kernel's interface, which counts for more than any version number: distributions take
 * newer interfaces into older kernels.
 */
export function judgeByTree(finding: Finding, known: TreeKnowledge): Finding {
  const name = nameOf(finding);
  if (name === undefined || !known.asked.includes(name)) return finding;
  if (finding.cause === 'api_function_removed') return removed(finding, name, known);
  if (finding.cause.startsWith('api_')) return withEvidence(finding, declared(name, known));
  if (finding.cause === 'symbol_not_exported' || finding.cause === 'kernel_config_missing_feature')
    return exported(finding, name, known);
  if (finding.cause === 'dependency_not_loaded') return withEvidence(finding, owner(name, known));
  return finding;
}

function withEvidence(finding: Finding, evidence: readonly Evidence[]): Finding {
  return evidence.length === 0 ? finding : { ...finding, evidence: [...finding.evidence, ...evidence] };
}

function declared(name: string, { declarations }: TreeKnowledge): readonly Evidence[] {
  const found = declarations.find((one) => one.name === name);
  return found === undefined ? [] : [hostFact(quote(found))];
}

/** Not in the headers: that is proven. In the headers all the same: the source does not include the right one. */
function removed(finding: Finding, name: string, known: TreeKnowledge): Finding {
  const { tree, declarations, headers } = known;
  const here = declarations.find((one) => one.name === name);
  if (name.endsWith('.h')) {
    return headers.includes(name)
      ? finding
      : proven(finding, [hostFact(`${tree}/include/${name}: not there`), ...instead(name, known)]);
  }
  if (here === undefined) {
    const evidence = [hostFact(`grep -rw ${name} ${tree}/include: nothing`), ...instead(name, known)];
    // A name that the kernel never had is more likely a slip of the source's own.
    return removalOf(name) === undefined ? withEvidence(finding, evidence) : proven(finding, evidence);
  }
  // The architecture may have its own, or none: the headers alone do not decide.
  if (here.isElsewhere) return finding;
  const header = headerName(here.file);
  return {
    ...finding,
    title: message('{name} is in this kernel, in {header}, which the source does not include', { name, header }),
    explanation: message(
      'The headers of this kernel do have {name}: the source relied on another header to include {header}, and it no longer does, or the name stands behind an option that this kernel has off. Add #include <{header}> to the source.',
      { name, header },
    ),
    evidence: [...finding.evidence, hostFact(quote(here))],
  };
}

/** `linux/tcp.h` of `/usr/src/…/include/uapi/linux/tcp.h`. */
const headerName = (file: string): string => file.replace(/^.*\/include\/(?:uapi\/)?/, '');

/** What the tree has in the place of a name. */
function instead(name: string, { tree, declarations, headers }: TreeKnowledge): readonly Evidence[] {
  const names = replacements(removalOf(name)?.instead ?? '');
  const found = declarations.filter((one) => names.includes(one.name)).map((one) => hostFact(quote(one)));
  return [...found, ...names.filter((one) => headers.includes(one)).map((one) => hostFact(`${tree}/include/${one}`))];
}

function proven(finding: Finding, evidence: readonly Evidence[]): Finding {
  return { ...withEvidence(finding, evidence), confidence: 'certain', alsoPossible: [] };
}

/** Module.symvers lists what modules may use; the symbol table of the running kernel has the rest too. */
function exported(finding: Finding, name: string, known: TreeKnowledge): Finding {
  const { tree, exports, inKernel } = known;
  if (exports === undefined) return finding;
  const found = exports.find((one) => one.name === name);
  if (found !== undefined) {
    const line = hostFact(`${tree}/Module.symvers: ${name} ${found.from}${found.isForGpl ? ' EXPORT_SYMBOL_GPL' : ''}`);
    return {
      ...withEvidence(finding, [line]),
      confidence: 'possible',
      title: message('{symbol} is exported by this kernel’s {from}', { symbol: name, from: found.from }),
      explanation: message(
        'Module.symvers of the tree lists the symbol, so the kernel exports it. If another module has it, load that one first (modprobe does). Else the module was built against, or loaded into, another kernel than this tree is for.',
      ),
    };
  }
  const absent = hostFact(`grep -w ${name} ${tree}/Module.symvers: nothing`);
  const hidden =
    inKernel?.has(name) === true ? [hostFact(`/proc/kallsyms: ${name} is in the kernel, and not exported`)] : [];
  if (finding.cause !== 'symbol_not_exported') return withEvidence(finding, [absent, ...hidden]);
  return proven(finding, [absent, ...hidden, ...declared(name, known)]);
}

function owner(name: string, { owners }: TreeKnowledge): readonly Evidence[] {
  const module = owners.get(name);
  return module === undefined ? [] : [hostFact(`modules.symbols: ${name} ${module}`)];
}
