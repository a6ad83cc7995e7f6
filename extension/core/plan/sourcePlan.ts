import type { Invocation, Refusal } from '../build/invocation';
import type { Facts } from '../facts';
import { compareReleases } from '../kernel/compareReleases';
import { message, type Message } from '../message';
import { makeStep } from './copy';
import { installSteps } from './moduleFilePlan';
import { MODULE } from './names';
import { whyNotHere } from './ownModule';
import { headersStep } from './packages';
import { refusedPlan, type Plan } from './step';

/** Which of a vendor's two source packages a kernel needs: Huawei's and others' guides split them at CentOS 7 (3.10). */
export function sourceGeneration(release: string): 'old' | 'new' {
  return compareReleases(release, '3.10') < 0 ? 'old' : 'new';
}

/** A vendor's source that lies unpacked on the host, built as `invocation` says and installed. */
export function planVendorSource(facts: Facts, directory: string, invocation: Invocation | Refusal): Plan {
  const release = facts.kernel.release;
  const title = message('Build the source in {directory} and install it', { directory });
  const headers = headersStep(release, facts);
  const refuse = (refused: Message): Plan => refusedPlan(title, release, refused);
  const wrong = whyNotHere(facts, release);
  if (wrong !== undefined) return refuse(wrong);
  if ('refused' in headers) return refuse(headers.refused);
  if ('refused' in invocation) return refuse(invocation.refused);
  const steps = [
    headers,
    makeStep(invocation.argv, directory, release),
    ...installSteps(facts, `${directory}/${MODULE}.ko`),
  ];
  const which =
    sourceGeneration(release) === 'old'
      ? message('For {release} take the vendor’s package for kernels before CentOS 7 (2.6.32).', { release })
      : message('For {release} take the vendor’s package for CentOS 7 and later (3.10).', { release });
  const again = message(
    'Nothing builds this source again for the next kernel: run this plan after each kernel update, or take TOA Doctor’s own module, which dkms keeps.',
  );
  return { title, release, steps, notes: [which, again] };
}
