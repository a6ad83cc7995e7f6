import { message } from '../../message';
import { parseRelease } from '../../kernel/release';
import { CERTAIN, LIKELY, hostFact, type Case, type Cause } from '../cause';
import { missingBuild } from '../missingBuild';
import { buildForOther } from '../remedies';
import { firstOf } from '../symptom';

const wslKernel: Cause = {
  key: 'wsl_kernel',
  family: 'environment',
  decidedBy: message('uname -r contains "microsoft"'),
  judge(kase: Case) {
    const missing = missingBuild(kase);
    if (missing === undefined) return undefined;
    const isWsl =
      parseRelease(missing.release).family === 'wsl' || (missing.isRunning && kase.facts?.environment.wsl === true);
    if (!isWsl) return undefined;
    return {
      symptom: missing.symptom,
      weight: CERTAIN + 9,
      title: message('{release} is the WSL kernel, and no distribution has headers for it', {
        release: missing.release,
      }),
      explanation: message(
        'Inside WSL the kernel comes from Microsoft, not from the Linux distribution. TOA belongs on the server behind the load balancer: build there. To build for WSL itself, its kernel source must be prepared by hand.',
      ),
      remedies: [
        {
          kind: 'link',
          title: message('Source of the WSL kernel'),
          url: 'https://github.com/microsoft/WSL2-Linux-Kernel',
        },
      ],
    };
  },
};

const containerHostKernel: Cause = {
  key: 'container_host_kernel',
  family: 'environment',
  decidedBy: message('The command ran in a container: /proc/1/cgroup, /run/.containerenv, systemd-detect-virt'),
  judge(kase: Case) {
    const missing = missingBuild(kase);
    if (missing === undefined) return undefined;
    const { facts } = kase;
    const isLinuxkit = missing.release.includes('linuxkit');
    if (facts === undefined) {
      return {
        symptom: missing.symptom,
        weight: isLinuxkit ? CERTAIN : 15,
        title: message('{release} may be the kernel of a container’s host', { release: missing.release }),
        explanation: message('In a container uname -r names the host’s kernel, whose headers are not in the image.'),
      };
    }
    const container = facts.environment.container;
    if (!missing.isRunning || container === undefined || facts.environment.wsl) return undefined;
    return {
      symptom: missing.symptom,
      weight: CERTAIN + 8,
      title: message('This is a container: the kernel {release} belongs to its host', { release: missing.release }),
      explanation: message(
        'uname -r names the kernel of the machine that runs this {container} container, and the image has no headers for it. Build and load the module on the host; a container shares its host’s kernel and sees the client’s address once the host has TOA.',
        { container },
      ),
      evidence: [hostFact(`container: ${container}`), hostFact(`uname -r: ${facts.kernel.release}`)],
      remedies: buildForOther(missing, facts),
    };
  },
};

const notWritable: Cause = {
  key: 'directory_not_writable',
  family: 'environment',
  decidedBy: message('ls -ld of the directory shows another owner'),
  judge({ symptoms, facts }) {
    const symptom = firstOf(symptoms, 'not-permitted');
    if (symptom === undefined) return undefined;
    const user = facts?.user.name ?? '?';
    return {
      symptom,
      weight: LIKELY + 30,
      title: message('The build may not write its files: permission denied'),
      explanation: message(
        'The build makes its objects beside the source, and the user {user} may not write there. Copy the source to a directory of your own, or give the directory to the user who builds.',
        { user },
      ),
    };
  },
};

const diskFull: Cause = {
  key: 'disk_full',
  family: 'environment',
  decidedBy: message('df shows a file system that is full'),
  judge({ symptoms }) {
    const symptom = firstOf(symptoms, 'disk-full');
    if (symptom === undefined) return undefined;
    return {
      symptom,
      weight: CERTAIN,
      title: message('The disk is full'),
      explanation: message(
        'A tool could not write: no space is left on the device. A module needs a few megabytes beside its source, and the compiler some in /tmp.',
      ),
    };
  },
};

export const ENVIRONMENT_CAUSES: readonly Cause[] = [wslKernel, containerHostKernel, notWritable, diskFull];
