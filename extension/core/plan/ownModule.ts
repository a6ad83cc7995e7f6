import type { Facts } from '../facts';
import { isSafeRelease } from '../kernel/release';
import { message, type Message } from '../message';
import { autoloadStep } from './autoload';
import { copyStep, indexStep, makeStep, weakModulesStep } from './copy';
import { loadStep } from './load';
import { MODULE, sourceDirectory } from './names';
import { dkmsStep, followingHeadersStep, headersStep } from './packages';
import { signing, whyNoKeyHelps } from './sign';
import { dkmsAddStep, dkmsBuildStep, dkmsEveryStep, dkmsInstallStep, sourceStep, type ModuleSource } from './source';
import { bootableWithHeaders, treeOf } from './target';
import { refusedPlan, type Plan, type Step } from './step';

const TITLE = (): Message => message('Install TOA Doctor’s own module');

/**
 * Our own module, built on the host: by dkms where the distribution has it, so that the next kernel keeps it, else by make and into
 * /lib/modules. `wanted` is the release to install for; the running one when absent.
 */
export function planOwnModule(facts: Facts, source: ModuleSource, wanted?: string): Plan {
  const release = wanted ?? facts.kernel.release;
  const refuse = (refused: Message): Plan => refusedPlan(TITLE(), release, refused);
  const wrong = whyNotHere(facts, release);
  if (wrong !== undefined) return refuse(wrong);
  const headers = headersStep(release, facts);
  if ('refused' in headers) return refuse(headers.refused);
  const refreshed = headers.skip === undefined;
  const dkms = dkmsStep(facts, refreshed);
  const signs = signing(facts);
  const steps = [
    headers,
    ...(dkms === undefined
      ? bareSteps(facts, source, release)
      : dkmsSteps({ facts, source, release, dkms, refreshed })),
    autoloadStep(MODULE, facts),
    ...(signs === undefined ? [] : [signs.enrol]),
    loadStep(release, facts),
  ];
  const unsignable = whyNoKeyHelps(facts);
  return { title: TITLE(), release, steps, notes: unsignable === undefined ? [] : [unsignable] };
}

/** What no step could change. */
export function whyNotHere({ environment }: Facts, release: string): Message | undefined {
  if (!isSafeRelease(release)) return message('{release} is not a kernel release.', { release });
  if (environment.wsl)
    return message(
      'WSL runs Microsoft’s kernel. TOA belongs on the server behind the load balancer: install it there.',
    );
  if (environment.container !== undefined)
    return message('This is a container. The module belongs into the kernel of its host: run this there.');
  return undefined;
}

interface DkmsWay {
  readonly facts: Facts;
  readonly source: ModuleSource;
  readonly release: string;
  readonly dkms: Step;
  /** An earlier step fetches the package lists. */
  readonly refreshed: boolean;
}

function dkmsSteps({ facts, source, release, dkms, refreshed }: DkmsWay): readonly Step[] {
  const { version } = source;
  const following = followingHeadersStep(release, facts, refreshed || dkms.skip === undefined);
  const signs = signing(facts);
  const others = bootableWithHeaders(facts).filter((directory) => directory.release !== release);
  const install = (one: string): readonly Step[] => [
    dkmsBuildStep(version, one),
    dkmsInstallStep(version, one),
    ...(signs === undefined ? [] : [signs.sign(one)]),
  ];
  return [
    dkms,
    ...(following === undefined ? [] : [following]),
    sourceStep(source),
    dkmsAddStep(version),
    // Before the build, so that dkms signs with it.
    ...(signs === undefined ? [] : [signs.key]),
    ...install(release),
    ...others.flatMap((other) => install(other.release)),
    ...(following === undefined || following.skip !== undefined ? [] : [dkmsEveryStep(version)]),
  ];
}

function bareSteps(facts: Facts, source: ModuleSource, release: string): readonly Step[] {
  const directory = sourceDirectory(source.version);
  const make = makeStep(['make', `KVER=${release}`, `KDIR=${treeOf(release, facts)}`], directory, release);
  const weak = weakModulesStep(release, facts);
  const signs = signing(facts);
  return [
    sourceStep(source),
    // Its files are those of the source's directory, which that step's undo puts back.
    make,
    copyStep(`${directory}/${MODULE}.ko`, release),
    indexStep(release),
    ...(signs === undefined ? [] : [signs.key, signs.sign(release)]),
    ...(weak === undefined ? [] : [weak]),
  ];
}
