import type { Facts, ModuleDirectory } from '../../facts';
import { compareReleases } from '../../kernel/compareReleases';
import { listCandidates } from '../../kernel/candidates';
import { parseRelease } from '../../kernel/release';
import { message } from '../../message';
import { CERTAIN, hostFact, type Cause } from '../cause';
import { usableTrees, type Missing } from '../missingBuild';
import { buildForOther, installHeaders, reboot } from '../remedies';
import { GUESS, headerCause, linkState, type Reading } from './headerCause';

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

export const HEADER_CAUSES: readonly Cause[] = [headersMissing, danglingLink, staleRunningKernel, versionMismatch];

/** The newest installed kernel when it is newer than the running one and of the same flavour. */
function newerInstalledKernel(facts: Facts): ModuleDirectory | undefined {
  const running = parseRelease(facts.kernel.release);
  return facts.moduleDirectories
    .filter(({ hasModules, release }) => hasModules && parseRelease(release).flavour === running.flavour)
    .sort((a, b) => compareReleases(a.release, b.release))
    .findLast(({ release }) => compareReleases(release, running.text) > 0);
}
