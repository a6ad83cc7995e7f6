import type { Facts } from '../facts';
import { moduleFits } from '../kernel/fit';
import type { ModuleInfo, ModuleProblem } from '../kernel/moduleFile';
import type { SymbolProblems } from '../kernel/symbolFit';
import { message, type Message } from '../message';
import { autoloadStep } from './autoload';
import { copyStep, indexStep, weakModulesStep } from './copy';
import { loadStep } from './load';
import { MODULE } from './names';
import { whyNotHere } from './ownModule';
import { signing, whyNoKeyHelps } from './sign';
import { refusedPlan, type Plan, type Step } from './step';

/** A prebuilt module on the host, as it was read. */
export interface PrebuiltModule {
  readonly path: string;
  readonly info: ModuleInfo | ModuleProblem;
  /** What the kernel would refuse its symbols for; absent where that could not be told. */
  readonly symbols?: SymbolProblems;
}

/** A `toa.ko` that somebody else built: refused, with the reason, when the kernel would refuse it. */
export function planModuleFile(facts: Facts, module: PrebuiltModule): Plan {
  const title = message('Install {path}', { path: module.path });
  const release = facts.kernel.release;
  const refused = whyNotHere(facts, release) ?? whyUnfit(facts, module);
  if (refused !== undefined) return refusedPlan(title, release, refused);
  const unsignable = whyNoKeyHelps(facts);
  return {
    title,
    release,
    steps: installSteps(facts, module.path),
    notes: unsignable === undefined ? [] : [unsignable],
  };
}

function whyUnfit({ kernel }: Facts, { path, info, symbols }: PrebuiltModule): Message | undefined {
  if (info.kind === 'problem') return info.reason;
  if (info.name !== undefined && info.name !== MODULE)
    return message('{path} is the module {name}, not toa.', { path, name: info.name });
  const fit = moduleFits(info, kernel);
  if (fit.verdict === 'refused') return fit.reason;
  return symbols === undefined ? undefined : whySymbolsUnfit(symbols);
}

function whySymbolsUnfit({ missing, otherVersions }: SymbolProblems): Message | undefined {
  const list = (symbols: readonly string[]): { readonly symbols: string } => ({
    symbols: symbols.slice(0, 5).join(', '),
  });
  if (missing.length > 0)
    return message(
      'The module needs {symbols}, which this kernel does not export to modules: it would not load.',
      list(missing),
    );
  if (otherVersions.length === 0) return undefined;
  return message(
    'The module was built against other versions of {symbols} than this kernel has (MODVERSIONS): the kernel refuses it. Take the one for exactly this kernel, or build it here.',
    list(otherVersions),
  );
}

/** From a file to a module that is there after a reboot. */
export function installSteps(facts: Facts, file: string): readonly Step[] {
  const release = facts.kernel.release;
  const weak = weakModulesStep(release, facts);
  const signs = signing(facts);
  return [
    copyStep(file, release),
    indexStep(release),
    ...(signs === undefined ? [] : [signs.key, signs.sign(release)]),
    ...(weak === undefined ? [] : [weak]),
    autoloadStep(MODULE, facts),
    ...(signs === undefined ? [] : [signs.enrol]),
    loadStep(release, facts),
  ];
}
