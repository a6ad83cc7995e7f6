import { message } from '../../message';
import { CERTAIN, LIKELY, hostFact, type Cause } from '../cause';
import { buildForOther, installHeaders } from '../remedies';
import { parseRelease } from '../../kernel/release';
import { firstOf } from '../symptom';
import { GUESS, headerCause, linkState } from './headerCause';

// The header package: not offered, never published, or the wrong one.

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

function isRpm(release: string): boolean {
  return /\.(?:el|fc|amzn|al|an|tl|oe|ky|uek)\w*/.test(release);
}

export const HEADER_PACKAGE_CAUSES: readonly Cause[] = [
  packageNotInRepository,
  packageRefused,
  headersNotDevel,
  customKernel,
];
