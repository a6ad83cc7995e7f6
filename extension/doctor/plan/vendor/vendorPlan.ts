import { planInvocation } from '../../../core/build/invocation';
import type { Facts } from '../../../core/facts';
import { choose } from '../../../core/kernel/choose';
import { readModuleInfo } from '../../../core/kernel/moduleFile';
import { readNeededSymbols } from '../../../core/kernel/moduleSymbols';
import { readRpm, type RpmInfo } from '../../../core/kernel/rpmFile';
import { symbolProblems, type SymbolProblems } from '../../../core/kernel/symbolFit';
import { message, type Message } from '../../../core/message';
import { planKernelRpm } from '../../../core/plan/kernelRpm';
import { planModuleFile } from '../../../core/plan/moduleFilePlan';
import { planVendorSource } from '../../../core/plan/sourcePlan';
import { refusedPlan, type Plan } from '../../../core/plan/step';
import { chooseSource } from '../../../core/plan/vendorPackage';
import type { Host } from '../../../host/host';
import { lookUpSymbols } from '../../../host/symbols';
import { MODULE_LIMIT } from '../../builtModules';
import { findSourceDirectories } from '../../findSources';
import { readSource } from '../../readSource';
import { FILE_LIMIT, fetchVendor } from './fetchVendor';
import { filesBelow, type Reader } from './reader';

/** Files of a folder that are looked at for modules and kernels. */
const MOST_FILES = 1000;

/** A host, what is known of it, and the vendor's files as they lie or will lie there. */
interface Asked {
  readonly host: Host;
  readonly facts: Facts;
  readonly reader: Reader;
}

/** The plan for a vendor's RPM, `toa.ko`, source, or archive of those at `path` of `from`. Rejects with HostFileError. */
export async function vendorPlan(host: Host, facts: Facts, from: Reader, path: string): Promise<Plan> {
  const place = await fetchVendor(host, from, path);
  if ('refused' in place) return refusedVendor(facts, place.refused);
  const asked = { host, facts, reader: place.reader };
  const found = await place.reader.stat(place.path);
  const plan = found?.directory === true ? await folderPlan(asked, place.path) : await filePlan(asked, place.path);
  return plan.refused === undefined ? { ...plan, steps: [...place.steps, ...plan.steps] } : plan;
}

async function filePlan(asked: Asked, path: string): Promise<Plan> {
  return path.endsWith('.rpm') ? rpmPlan(asked, path) : modulePlan(asked, [path]);
}

/** What a folder or an archive is: a source, else modules that are built already, else a kernel's package. */
async function folderPlan(asked: Asked, path: string): Promise<Plan> {
  const { facts, reader } = asked;
  const sources = await findSourceDirectories(reader, path);
  const top = sources.find((source) => source.path === path);
  if (sources.length > 0) {
    const folders = top === undefined ? sources.map((source) => source.path) : [path];
    const chosen = chooseSource(path, folders, facts.kernel.release);
    return 'refused' in chosen ? refusedVendor(facts, chosen.refused) : sourcePlan(asked, chosen.folder);
  }
  const files: string[] = [];
  for await (const { name } of filesBelow(reader, path)) if (files.push(`${path}/${name}`) >= MOST_FILES) break;
  const modules = files.filter((file) => file.endsWith('.ko'));
  const [rpm, another] = files.filter((file) => /\/kernel-[^/]*\.rpm$/.test(file));
  if (modules.length > 0) return modulePlan(asked, modules);
  if (rpm !== undefined && another === undefined) return rpmPlan(asked, rpm);
  return refusedVendor(
    facts,
    message('There is no Makefile, no module (.ko) and no single kernel package (.rpm) in {path}.', { path }),
  );
}

async function sourcePlan({ facts, reader }: Asked, directory: string): Promise<Plan> {
  const source = await readSource(reader, directory);
  if ('refused' in source) return refusedVendor(facts, source.refused);
  const { target } = choose(facts, facts.kernel.release);
  return planVendorSource(facts, directory, planInvocation({ ...source, target }));
}

/** The module that fits; of several, packages have one for each kernel. */
async function modulePlan(asked: Asked, paths: readonly string[]): Promise<Plan> {
  const plans: Plan[] = [];
  for (const path of paths) {
    const bytes = await asked.reader.readFile(path, MODULE_LIMIT);
    const symbols = await symbolsOf(asked, bytes);
    const plan = planModuleFile(asked.facts, { path, info: readModuleInfo(bytes), ...(symbols && { symbols }) });
    if (plan.refused === undefined) return plan;
    plans.push(plan);
  }
  const [only] = plans;
  if (plans.length === 1 && only !== undefined) return only;
  return refusedVendor(
    asked.facts,
    message('None of the {count} modules there is for {release}, which is running.', {
      count: plans.length,
      release: asked.facts.kernel.release,
    }),
  );
}

async function symbolsOf({ host, facts }: Asked, bytes: Uint8Array): Promise<SymbolProblems | undefined> {
  const needed = readNeededSymbols(bytes);
  const { release } = facts.kernel;
  const tree = facts.trees.find((one) => one.release === release && one.hasSymvers)?.path ?? '';
  const names = needed.map(({ name }) => name);
  const known = await lookUpSymbols(host, { tree, release, names, about: 'exports' });
  return known && symbolProblems(needed, known);
}

async function rpmPlan({ host, facts, reader }: Asked, path: string): Promise<Plan> {
  const info = reader === host ? await askRpm(host, path) : readRpm(await reader.readFile(path, FILE_LIMIT));
  return info?.name.startsWith('kernel') === true
    ? planKernelRpm(facts, { path, release: info.release })
    : refusedVendor(facts, message('{path} is no RPM package of a kernel.', { path }));
}

/** On the host itself rpm reads the file, which is large. */
async function askRpm(host: Host, path: string): Promise<RpmInfo | undefined> {
  const format = '%{NAME}\n%{VERSION}-%{RELEASE}.%{ARCH}\n';
  const { code, stdout } = await host.run({ argv: ['rpm', '-qp', '--nosignature', '--qf', format, path] });
  const [name = '', release = ''] = stdout.split('\n');
  return code === 0 ? { name, release } : undefined;
}

/** Why nothing of a vendor's can be installed. */
export function refusedVendor({ kernel }: Facts, reason: Message): Plan {
  return refusedPlan(message('Install the module'), kernel.release, reason);
}
