import { message } from '../../message';
import { parseRelease } from '../../kernel/release';
import { CERTAIN, LIKELY, type Case, type Cause } from '../cause';
import { saidCause } from '../said';
import { firstOf, firstSaid } from '../symptom';

const family = 'headers';

const closed = saidCause({
  key: 'repo_eol_or_unreachable',
  family,
  signs: ['repository-closed'],
  when: ({ text }) => !isHeaderFile(text),
  weight: LIKELY + 30,
  decidedBy: message('/etc/os-release names a release that is past its end of life'),
  title: message('The distribution’s package repository is closed or cannot be reached'),
  explanation: message(
    'The release is past its end of life, or its mirror list is gone, so nothing can be installed. Point the repository at the archive (CentOS’s vault, Ubuntu’s old-releases, Debian’s archive), or fetch the header package from there by hand. First make sure that the machine reaches the network at all.',
  ),
});

/** A single header package that the repository lost, while the repository itself answers. */
const isHeaderFile = (text: string): boolean =>
  /linux-headers-\d|kernel-devel-\d/.test(text) && !/repomd|enablerepo/.test(text);

const fileGone = saidCause({
  key: 'headers_pkg_not_in_repo',
  family,
  signs: ['repository-closed'],
  when: ({ text }) => isHeaderFile(text),
  weight: LIKELY + 20,
  decidedBy: message('The package manager offers no header package of exactly this release'),
  title: message('The repository no longer has this version of the headers'),
  explanation: message(
    'Repositories drop the headers of old kernels. Refresh the package lists, then update the kernel together with its headers and reboot, or take the package from the distribution’s archive.',
  ),
});

const conflict = saidCause({
  key: 'rpm_conflict',
  family,
  signs: ['rpm-conflict'],
  weight: LIKELY + 30,
  decidedBy: message('rpm -qa "kernel*" lists another version of the same package'),
  title: message('The kernel package conflicts with installed packages'),
  explanation: message(
    'The package is of another kernel than those installed, and rpm refuses to mix them. Install exactly the kernel-devel of the running kernel (several may be installed side by side), not kernel-headers or a whole foreign kernel. Do not use rpm --force or --nodeps: the machine may not boot or compile afterwards.',
  ),
});

/** The package asked for is of a kernel that no distribution publishes. */
const foreignPackage: Cause = {
  key: 'custom_kernel_no_headers',
  family,
  decidedBy: message(
    'No package owns /boot/vmlinuz-$(uname -r), and the provider or builder of the kernel has its headers',
  ),
  judge({ symptoms }: Case) {
    const asked = firstOf(symptoms, 'package-missing');
    const command = firstSaid(symptoms, 'headers-command');
    const named = /-(\d.*)/.exec(asked?.package ?? '')?.[1] ?? firstSaid(symptoms, 'running')?.values['release'] ?? '';
    const symptom = asked ?? command;
    const { family: builder } = parseRelease(named);
    if (symptom === undefined || !['custom', 'wsl', 'linuxkit'].includes(builder)) return undefined;
    return {
      symptom,
      weight: LIKELY + 22,
      title: message('No distribution publishes headers for {release}: it is a self-built or provider’s kernel', {
        release: named,
      }),
      explanation: message(
        'The release {release} follows no distribution’s naming, so no package manager has its headers. They come from whoever built this kernel; or install and boot a kernel of your distribution, whose headers can be installed.',
        { release: named },
      ),
    };
  },
};

/** The package asked for is WSL's or Docker Desktop's kernel's. */
function foreignHost(key: string, builder: string, decidedBy: Cause['decidedBy'], title: Cause['decidedBy']): Cause {
  return {
    key,
    family: 'environment',
    decidedBy,
    judge({ symptoms }) {
      const symptom = firstOf(symptoms, 'package-missing');
      const release = /-(\d.*)/.exec(symptom?.package ?? '')?.[1] ?? '';
      if (symptom === undefined || parseRelease(release).family !== builder) return undefined;
      return {
        symptom,
        weight: CERTAIN,
        title,
        explanation: message(
          'Inside WSL or a container’s virtual machine the kernel is not the distribution’s, and its packages have no headers for it. Build on the server that is to load the module.',
        ),
      };
    },
  };
}

const wslPackage = foreignHost(
  'wsl_kernel',
  'wsl',
  message('uname -r contains "microsoft"'),
  message('The kernel is WSL’s, and no distribution has headers for it'),
);

const linuxkitPackage = foreignHost(
  'container_host_kernel',
  'linuxkit',
  message('uname -r contains "linuxkit"'),
  message('The kernel is that of Docker’s virtual machine, and no distribution has headers for it'),
);

export const REPOSITORY_CAUSES: readonly Cause[] = [
  closed,
  fileGone,
  conflict,
  foreignPackage,
  wslPackage,
  linuxkitPackage,
];
