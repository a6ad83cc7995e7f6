import type { Facts, ModuleDirectory } from '../../facts';
import { compareReleases } from '../../kernel/compareReleases';
import { listCandidates } from '../../kernel/candidates';
import { parseRelease } from '../../kernel/release';
import { message } from '../../message';
import { CERTAIN, LIKELY, hostFact, type Case, type Cause, type Judgement } from '../cause';
import { missingBuild, usableTrees, type Missing } from '../missingBuild';
import { buildForOther, installHeaders, reboot } from '../remedies';
import { firstOf } from '../symptom';

// One text, ten causes: "/lib/modules/X/build: No such file or directory". Without facts every cause here is possible and says which fact
// would decide; with facts exactly one is proven.

/** The weights of a guess from the text alone, from the most common cause to the rarest. */
const GUESS = { common: 55, plausible: 30, rare: 20 } as const;

type Reading = Pick<Judgement, 'weight' | 'title' | 'explanation'> & Partial<Judgement>;

/** A cause of a missing build directory: how it reads without facts, and when the facts prove it. */
function headerCause(
  key: string,
  decidedBy: Cause['decidedBy'],
  guess: (missing: Missing, kase: Case) => Reading | undefined,
  prove: (missing: Missing, facts: Facts) => Reading | undefined,
): Cause {
  return {
    key,
    family: 'headers',
    decidedBy,
    judge(kase: Case) {
      const missing = missingBuild(kase);
      if (missing === undefined) return undefined;
      const reading = kase.facts === undefined ? guess(missing, kase) : prove(missing, kase.facts);
      return reading === undefined ? undefined : { symptom: missing.symptom, ...reading };
    },
  };
}

const headersMissing = headerCause(
  'headers_missing',
  message('No header package for {release} is installed: dpkg -l "linux-headers-*" or rpm -qa "kernel*devel"', {
    release: 'uname -r',
  }),
  (missing) => ({
    weight: GUESS.common,
    title: message('The kernel headers for {release} are not installed', { release: missing.release }),
    explanation: message(
      'make looks for the headers of {release} in {path}, and they are not there. A kernel module can only be built against the headers of the kernel it is for.',
      { release: missing.release, path: missing.path },
    ),
    remedies: installHeaders(missing.release, undefined),
  }),
  (missing, facts) => {
    if (!missing.isRunning && missing.directory?.hasModules !== true) return undefined;
    return {
      weight: CERTAIN,
      title: message('The kernel headers for {release} are not installed', { release: missing.release }),
      explanation: message(
        '{path} is missing because no header package for the kernel {release} is installed. Installing it creates the directory.',
        { release: missing.release, path: missing.path },
      ),
      evidence: [hostFact(`uname -r: ${facts.kernel.release}`), hostFact(linkState(missing))],
      remedies: [...installHeaders(missing.release, facts), ...buildForOther(missing, facts)],
    };
  },
);

const danglingLink = headerCause(
  'headers_dangling_symlink',
  message('ls -l {path} shows a link, and its target is not there', { path: '/lib/modules/$(uname -r)/build' }),
  (missing) => ({
    weight: GUESS.plausible,
    title: message('The link {path} may lead nowhere', { path: missing.path }),
    explanation: message('The link to the headers is there, and the headers behind it are gone.'),
    remedies: installHeaders(missing.release, undefined),
  }),
  (missing, facts) => {
    const build = missing.directory?.build;
    if (build?.state !== 'dangling') return undefined;
    const values = { release: missing.release, path: missing.path, target: build.target ?? '?' };
    return {
      weight: CERTAIN + (missing.isRunning ? 4 : 2),
      title: message('{path} is a link to {target}, which does not exist', values),
      explanation: message(
        'The kernel package made the link {path}, and the headers it points to, {target}, are not installed (or were removed). Do not link it to the headers of another kernel: make would succeed and the module would not load.',
        values,
      ),
      evidence: [hostFact(linkState(missing))],
      remedies: [...installHeaders(missing.release, facts), ...buildForOther(missing, facts)],
    };
  },
);

const staleRunningKernel = headerCause(
  'stale_running_kernel',
  message('ls /lib/modules shows a newer kernel than uname -r'),
  (missing) => ({
    weight: GUESS.plausible + (parseRelease(missing.release).family === 'arch' ? 5 : 0),
    title: message('The kernel was updated and the machine not rebooted'),
    explanation: message(
      'The running kernel is older than the installed one, and its headers went away with the update.',
    ),
    remedies: [reboot(undefined)],
  }),
  (missing, facts) => {
    const newer = newerInstalledKernel(facts);
    if (!missing.isRunning || newer === undefined) return undefined;
    // The old kernel's own modules are gone, or the new kernel alone has headers: both come from an update without a reboot.
    const isGone = missing.directory?.hasModules !== true;
    if (!isGone && newer.build.state !== 'ok') return undefined;
    const values = { release: missing.release, newer: newer.release };
    return {
      weight: CERTAIN + 5,
      title: message('The machine still runs {release}, which was replaced by {newer}: reboot first', values),
      explanation: message(
        'The kernel was updated from {release} to {newer}, and the headers are those of {newer}. After a reboot the machine runs {newer}, and the module can be built and loaded.',
        values,
      ),
      evidence: [
        hostFact(`uname -r: ${missing.release}`),
        hostFact(`/lib/modules: ${newer.release}`),
        hostFact(linkState(missing)),
      ],
      remedies: [reboot(newer.release), ...buildForOther(missing, facts), ...installHeaders(missing.release, facts)],
    };
  },
);

const versionMismatch = headerCause(
  'headers_version_mismatch',
  message('ls /usr/src /usr/src/kernels shows headers of another release than uname -r'),
  (missing) => ({
    weight: GUESS.plausible - 1,
    title: message('Headers may be installed, and for another kernel than {release}', { release: missing.release }),
    explanation: message('The header package that is installed belongs to another version or flavour of the kernel.'),
    remedies: installHeaders(missing.release, undefined),
  }),
  (missing, facts) => {
    if (!missing.isRunning) return askedForOther(missing, facts);
    const others = usableTrees(facts).filter((tree) => tree.release !== missing.release);
    const nearest = listCandidates(facts).find(({ usable, release }) => usable && release !== missing.release)?.release;
    if (nearest === undefined) return undefined;
    const releases = new Set(others.map(({ release }) => release));
    const values = { release: missing.release, nearest, count: releases.size - 1, releases: [...releases].join(', ') };
    return {
      weight: CERTAIN + 1,
      title:
        releases.size === 1
          ? message('Headers are installed for {nearest}, not for {release}', values)
          : message('Headers are installed for {nearest} and {count} other kernels, not for {release}', values),
      explanation: message(
        'The running kernel is {release}, and the installed headers are for {releases}. Install the headers of the running kernel, or build for a kernel whose headers are there and boot it before loading the module.',
        values,
      ),
      evidence: others.map((tree) => hostFact(`${tree.path}: UTS_RELEASE "${tree.release}"`)),
      remedies: [...installHeaders(missing.release, facts), ...buildForOther(missing, facts)],
    };
  },
);

const packageNotInRepository = headerCause(
  'headers_pkg_not_in_repo',
  message('The package manager offers no header package of exactly this release'),
  (missing, { symptoms }) => ({
    // A package manager that refuses beside it speaks for this one.
    weight: firstOf(symptoms, 'package-missing') === undefined ? GUESS.rare : GUESS.common + 3,
    title: message('The header package for {release} may no longer be offered', { release: missing.release }),
    explanation: message(
      'Repositories drop the headers of old kernels; the archive of the distribution still has them.',
    ),
    remedies: installHeaders(missing.release, undefined),
  }),
  (missing, facts) => {
    const available = facts.packages.available;
    if (!missing.isRunning || available === undefined || available.length === 0) return undefined;
    if (available.some((name) => name.includes(missing.release))) return undefined;
    return {
      weight: CERTAIN + 2,
      title: message('No enabled repository offers the headers for {release}', { release: missing.release }),
      explanation: message(
        'The package manager knows header packages, and none for the running kernel {release}. Take it from the distribution’s archive, or update the kernel together with its headers and reboot.',
        { release: missing.release },
      ),
      evidence: [hostFact(`available: ${available.slice(0, 5).join(', ')}`), hostFact(linkState(missing))],
      remedies: [...installHeaders(missing.release, facts), ...buildForOther(missing, facts)],
    };
  },
);

/** A package manager has said itself that the package is not there. */
const packageRefused: Cause = {
  key: 'headers_pkg_not_in_repo',
  family: 'headers',
  decidedBy: packageNotInRepository.decidedBy,
  judge({ symptoms, facts }) {
    const symptom = firstOf(symptoms, 'package-missing');
    if (symptom === undefined) return undefined;
    const release = facts?.kernel.release ?? /\d.*/.exec(symptom.package)?.[0] ?? symptom.package;
    return {
      symptom,
      weight: LIKELY + 20,
      title: message('No enabled repository offers {package}', { package: symptom.package }),
      explanation: message(
        'The package manager does not know {package}. Repositories drop the headers of old kernels: take it from the distribution’s archive, or update the kernel together with its headers and reboot.',
        { package: symptom.package },
      ),
      remedies: installHeaders(release, facts),
    };
  },
};

const headersNotDevel = headerCause(
  'kernel_headers_not_devel',
  message('rpm -qa "kernel*" lists kernel-headers for this release and no kernel-devel'),
  (missing) =>
    isRpm(missing.release)
      ? {
          weight: GUESS.rare,
          title: message('kernel-headers may be installed where kernel-devel is needed'),
          explanation: message('kernel-headers are for user programs; a module is built against kernel-devel.'),
          remedies: installHeaders(missing.release, undefined),
        }
      : undefined,
  (missing, facts) => {
    const installed = facts.packages.installed;
    const headers = installed.find(
      ({ name, version }) => /^kernel(-\w+)?-headers$/.test(name) && missing.release.startsWith(version),
    );
    const devel = installed.some(
      ({ name, version }) => /^kernel(-\w+)*-devel$/.test(name) && missing.release.startsWith(version),
    );
    if (!missing.isRunning || headers === undefined || devel) return undefined;
    return {
      weight: CERTAIN + 6,
      title: message('kernel-headers is installed for {release}; a module needs kernel-devel', {
        release: missing.release,
      }),
      explanation: message(
        '{package} holds the headers for user programs (/usr/include/linux). The tree that kernel modules are built against is in kernel-devel of exactly the same release.',
        { package: `${headers.name}-${headers.version}` },
      ),
      evidence: [hostFact(`rpm -q: ${headers.name}-${headers.version}`), hostFact(linkState(missing))],
      remedies: installHeaders(missing.release, facts),
    };
  },
);

const customKernel = headerCause(
  'custom_kernel_no_headers',
  message('No package owns /boot/vmlinuz-$(uname -r), and the provider or builder of the kernel has its headers'),
  (missing) => {
    const isCustom = parseRelease(missing.release).family === 'custom';
    return {
      weight: isCustom ? GUESS.common + 5 : GUESS.rare - 5,
      title: message('{release} may be a self-built or provider’s kernel without a header package', {
        release: missing.release,
      }),
      explanation: message(
        'A kernel that no distribution published has no header package: its headers come from whoever built it.',
      ),
    };
  },
  (missing, facts) => {
    if (!missing.isRunning || parseRelease(missing.release).family !== 'custom') return undefined;
    return {
      weight: CERTAIN + 3,
      title: message('No distribution publishes headers for {release}: it is a self-built or provider’s kernel', {
        release: missing.release,
      }),
      explanation: message(
        'The release {release} follows no distribution’s naming, so no package manager has its headers. They come from whoever built this kernel; or install and boot a kernel of your distribution, whose headers can be installed.',
        { release: missing.release },
      ),
      evidence: [hostFact(`uname -r: ${facts.kernel.release}`), hostFact(linkState(missing))],
      remedies: buildForOther(missing, facts),
    };
  },
);

/** make looked for a release that is neither running nor installed. */
function askedForOther(missing: Missing, facts: Facts): Reading | undefined {
  if (missing.directory?.hasModules === true) return undefined;
  const values = { release: missing.release, running: facts.kernel.release };
  return {
    weight: CERTAIN + 1,
    title: message('make looks for the headers of {release}, and this machine runs {running}', values),
    explanation: message(
      '{release} is neither the running kernel nor an installed one, so the module would not load here.',
      values,
    ),
    evidence: [hostFact(`uname -r: ${facts.kernel.release}`), hostFact(linkState(missing))],
    remedies: buildForOther(missing, facts),
  };
}

export const HEADER_CAUSES: readonly Cause[] = [
  headersMissing,
  danglingLink,
  staleRunningKernel,
  versionMismatch,
  packageNotInRepository,
  packageRefused,
  headersNotDevel,
  customKernel,
];

function isRpm(release: string): boolean {
  return /\.(?:el|fc|amzn|al|an|tl|oe|ky|uek)\w*/.test(release);
}

function linkState(missing: Missing): string {
  const { directory, path } = missing;
  if (directory === undefined) return `${path}: ENOENT`;
  const { state, target } = directory.build;
  return `${directory.path}/build: ${state}${target === undefined ? '' : ` -> ${target}`}`;
}

/** The newest installed kernel when it is newer than the running one and of the same flavour. */
function newerInstalledKernel(facts: Facts): ModuleDirectory | undefined {
  const running = parseRelease(facts.kernel.release);
  return facts.moduleDirectories
    .filter(({ hasModules, release }) => hasModules && parseRelease(release).flavour === running.flavour)
    .sort((a, b) => compareReleases(a.release, b.release))
    .findLast(({ release }) => compareReleases(release, running.text) > 0);
}
