import { message } from '../../message';
import { compareReleases } from '../../kernel/compareReleases';
import { CERTAIN, LIKELY, type Case, type Cause } from '../cause';
import { runningOf } from '../kernelOf';
import { saidCause } from '../said';
import { allSaid, firstOf } from '../symptom';

const family = 'install';

/** dkms has the module for other kernels, not for the running one. */
function lacksRunning(kase: Case): boolean {
  const running = runningOf(kase);
  const built = allSaid(kase.symptoms, 'dkms-status').map(({ values }) => values['release'] ?? '');
  return running !== undefined && built.length > 0 && built.every((release) => compareReleases(release, running) < 0);
}

const lost = saidCause({
  key: 'module_lost_after_kernel_upgrade',
  family,
  signs: ['after-kernel-update', 'dkms-status', 'module-not-found'],
  when: ({ sign }, kase) => sign === 'after-kernel-update' || lacksRunning(kase),
  weight: LIKELY + 15,
  decidedBy: message('The .ko is in an older kernel’s directory only: find /lib/modules -name "*.ko*"'),
  title: message('The new kernel’s directory has no copy of the module'),
  explanation: message(
    'A module belongs to one kernel, and an update brings a new directory without it. Build and install it again for the running kernel, and let dkms do that at every update.',
  ),
});

const dkmsBroken = saidCause({
  key: 'dkms_state_broken',
  family,
  signs: ['dkms-conf'],
  weight: CERTAIN,
  decidedBy: message('ls /var/lib/dkms shows a module whose source link leads nowhere'),
  title: message('dkms has a leftover entry without dkms.conf'),
  explanation: message(
    'The source of a module dkms knows was deleted, and dkms stops at it. Remove that module’s directory below /var/lib/dkms (the path is in the message), then add the module again if it is needed.',
  ),
});

const dkmsSource = saidCause({
  key: 'dkms_source_missing',
  family,
  signs: ['dkms-source'],
  weight: CERTAIN,
  decidedBy: message('ls /usr/src shows no directory MODULE-VERSION'),
  title: message('dkms finds no source: the directory in /usr/src has another name or is not there'),
  explanation: message(
    'dkms looks for /usr/src/MODULE-VERSION, by the names given to it. Copy the source there under exactly that name, or give dkms add the path of the source with its dkms.conf.',
  ),
});

const dkmsAdded = saidCause({
  key: 'dkms_already_added',
  family,
  signs: ['dkms-added'],
  // A script that went on after it failed by something else.
  when: (_, { symptoms }) => firstOf(symptoms, 'missing-build') === undefined,
  weight: CERTAIN,
  decidedBy: message('dkms status lists the module and version'),
  title: message('dkms has this version of the module already'),
  explanation: message(
    'Go on with dkms build and dkms install, or take the entry away with dkms remove MODULE/VERSION --all before adding changed source.',
  ),
});

const dkmsSame = saidCause({
  key: 'dkms_same_version_in_kernel',
  family,
  signs: ['dkms-same'],
  weight: CERTAIN,
  decidedBy: message('modinfo -F version of both files'),
  title: message('The kernel has a module of the same or a higher version, and dkms keeps that'),
  explanation: message(
    'If the module you built is the one to use, run dkms install --force, or raise its MODULE_VERSION.',
  ),
});

export const DKMS_CAUSES: readonly Cause[] = [lost, dkmsBroken, dkmsSource, dkmsAdded, dkmsSame];
