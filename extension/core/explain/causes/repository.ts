import { message } from '../../message';
import { parseRelease } from '../../kernel/release';
import { CERTAIN, LIKELY, type Case, type Cause } from '../cause';
import { installHeaders } from '../remedies';
import { saidCause } from '../said';
import { allSaid, firstOf, firstSaid } from '../symptom';

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

/** Lists of installed packages in the text: the headers are of another release than the kernel. */
const listedOther = saidCause({
  key: 'headers_version_mismatch',
  family,
  signs: ['listed-kernel'],
  when: (_, { symptoms }) => {
    const kernels = new Set(allSaid(symptoms, 'listed-kernel').map(({ values }) => values['release']));
    const headers = allSaid(symptoms, 'listed-devel').map(({ values }) => values['release']);
    return headers.length > 0 && !headers.some((release) => kernels.has(release));
  },
  weight: LIKELY + 25,
  decidedBy: message('ls /usr/src /usr/src/kernels shows headers of another release than uname -r'),
  title: message('The installed headers are for another kernel than the installed one'),
  explanation: message(
    'The list names kernel and headers of two versions. Bring both to one version: install the headers of the running kernel, or update the kernel and reboot.',
  ),
});

/** make misses the headers of one release, and a list beside it names those of others alone. */
const listedForOther: Cause = {
  key: 'headers_version_mismatch',
  family,
  decidedBy: message('ls /usr/src /usr/src/kernels shows headers of another release than uname -r'),
  judge({ symptoms, facts }) {
    const symptom = firstOf(symptoms, 'missing-build');
    const [listed, ...more] = allSaid(symptoms, 'listed-devel').map(({ values }) => values['release'] ?? '');
    if (symptom?.release === undefined || facts !== undefined || listed === undefined) return undefined;
    if ([listed, ...more].includes(symptom.release)) return undefined;
    return {
      symptom,
      weight: LIKELY + 28,
      title: message('Headers are installed for {nearest}, not for {release}', {
        nearest: listed,
        release: symptom.release,
      }),
      explanation: message('The header package that is installed belongs to another version or flavour of the kernel.'),
      remedies: installHeaders(symptom.release, undefined),
    };
  },
};

/** kernel-headers is listed for the release whose build directory is missing. */
const listedUserHeaders: Cause = {
  key: 'kernel_headers_not_devel',
  family,
  decidedBy: message('rpm -qa "kernel*" lists kernel-headers for this release and no kernel-devel'),
  judge({ symptoms, facts }) {
    const symptom = firstOf(symptoms, 'missing-build');
    const listed = firstSaid(symptoms, 'listed-headers');
    const hasDevel = firstSaid(symptoms, 'listed-devel') !== undefined;
    if (symptom?.release === undefined || facts !== undefined || hasDevel) return undefined;
    if (listed?.values['release'] !== symptom.release) return undefined;
    return {
      symptom,
      weight: LIKELY + 30,
      title: message('kernel-headers is installed for {release}; a module needs kernel-devel', {
        release: symptom.release,
      }),
      explanation: message('kernel-headers are for user programs; a module is built against kernel-devel.'),
      remedies: installHeaders(symptom.release, undefined),
    };
  },
};

/** ls in the text shows the link; where make finds nothing through a link that is there, its target is gone. */
const listedDangling: Cause = {
  key: 'headers_dangling_symlink',
  family,
  decidedBy: message('ls -l {path} shows a link, and its target is not there', {
    path: '/lib/modules/$(uname -r)/build',
  }),
  judge({ symptoms, facts }) {
    const symptom = firstOf(symptoms, 'missing-build');
    const link = allSaid(symptoms, 'link-target').find(({ values }) => symptom?.path.endsWith(values['path'] ?? ' '));
    const target = link?.values['target'];
    if (symptom?.release === undefined || facts !== undefined || target === undefined) return undefined;
    return {
      symptom,
      weight: CERTAIN,
      title: message('{path} is a link to {target}, which does not exist', { path: symptom.path, target }),
      explanation: message('The link to the headers is there, and the headers behind it are gone.'),
      remedies: installHeaders(symptom.release, undefined),
    };
  },
};

export const REPOSITORY_CAUSES: readonly Cause[] = [
  closed,
  fileGone,
  conflict,
  foreignPackage,
  wslPackage,
  linuxkitPackage,
  listedOther,
  listedForOther,
  listedUserHeaders,
  listedDangling,
];
