import type { Facts } from '../../core/facts';
import { message } from '../../core/message';
import { planOwnModule } from '../../core/plan/ownModule';
import type { ModuleSource } from '../../core/plan/source';
import type { Plan } from '../../core/plan/step';
import { HostFileError, type Host } from '../../host/host';
import type { Reader } from './vendor/reader';
import { refusedVendor, vendorPlan } from './vendor/vendorPlan';

/** What the user wants to have installed. */
export interface Wish {
  /** A vendor's kernel RPM, `toa.ko`, folder with source, or archive of these; absolute. Our own module when absent. */
  readonly from: string | undefined;
  /** Where `from` lies; the host itself when absent. */
  readonly files?: Reader;
  /** The kernel to install for, with our own module; the running one when absent. */
  readonly release: string | undefined;
}

/** Makes the plan for a wish: looks at the vendor's files, and changes nothing. */
export async function makePlan(host: Host, facts: Facts, source: ModuleSource, wish: Wish): Promise<Plan> {
  const { from, files = host, release } = wish;
  if (from === undefined) return planOwnModule(facts, source, release);
  try {
    return await vendorPlan(host, facts, files, from);
  } catch (error) {
    if (!(error instanceof HostFileError)) throw error;
    const { path, why: detail } = error;
    return refusedVendor(facts, message('{path} cannot be read: {detail}', { path, detail }));
  }
}
