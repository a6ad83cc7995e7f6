import type { Facts } from '../../core/facts';
import { planInvocation } from '../../core/build/invocation';
import { choose } from '../../core/kernel/choose';
import { readModuleInfo } from '../../core/kernel/moduleFile';
import { message, type Message } from '../../core/message';
import { planKernelRpm } from '../../core/plan/kernelRpm';
import { planModuleFile } from '../../core/plan/moduleFilePlan';
import { planOwnModule } from '../../core/plan/ownModule';
import type { ModuleSource } from '../../core/plan/source';
import { planVendorSource } from '../../core/plan/sourcePlan';
import type { Plan } from '../../core/plan/step';
import { HostFileError, type Host } from '../../host/host';
import { readSource } from '../readSource';

/** What the user wants to have installed. */
export interface Wish {
  /** A vendor's kernel RPM, `toa.ko` or directory with source, on the host; absolute. Our own module when absent. */
  readonly from: string | undefined;
  /** The kernel to install for, with our own module; the running one when absent. */
  readonly release: string | undefined;
}

const MODULE_LIMIT = 64 * 1024 * 1024;

/** Makes the plan for a wish: looks at the vendor's files on the host, and changes nothing. */
export async function makePlan(host: Host, facts: Facts, source: ModuleSource, wish: Wish): Promise<Plan> {
  const { from, release } = wish;
  if (from === undefined) return planOwnModule(facts, source, release);
  try {
    return await vendorPlan(host, facts, from);
  } catch (error) {
    if (error instanceof HostFileError)
      return refused(facts, message('{path} cannot be read: {detail}', { path: from, detail: error.message }));
    throw error;
  }
}

async function vendorPlan(host: Host, facts: Facts, path: string): Promise<Plan> {
  const found = await host.stat(path);
  if (found === undefined) return refused(facts, message('{path} does not exist.', { path }));
  if (found.directory) return sourcePlan(host, facts, path);
  if (path.endsWith('.rpm')) return rpmPlan(host, facts, path);
  return planModuleFile(facts, { path, info: readModuleInfo(await host.readFile(path, MODULE_LIMIT)) });
}

async function sourcePlan(host: Host, facts: Facts, directory: string): Promise<Plan> {
  const source = await readSource(host, directory);
  if ('refused' in source) return refused(facts, source.refused);
  const { target } = choose(facts, facts.kernel.release);
  return planVendorSource(facts, directory, planInvocation({ ...source, target }));
}

async function rpmPlan(host: Host, facts: Facts, path: string): Promise<Plan> {
  const format = '%{NAME}\n%{VERSION}-%{RELEASE}.%{ARCH}\n';
  const { code, stdout } = await host.run({ argv: ['rpm', '-qp', '--nosignature', '--qf', format, path] });
  const [name = '', release = ''] = stdout.split('\n');
  return code === 0 && name.startsWith('kernel')
    ? planKernelRpm(facts, { path, release })
    : refused(facts, message('{path} is no RPM package of a kernel.', { path }));
}

function refused(facts: Facts, reason: Message): Plan {
  return { title: message('Install the module'), release: facts.kernel.release, steps: [], refused: reason, notes: [] };
}
