import { message } from '../../message';
import { CERTAIN, LIKELY, type Cause } from '../cause';
import { installHeaders } from '../remedies';
import { saidCause } from '../said';
import { allSaid, firstOf, firstSaid } from '../symptom';

// What people paste beside the failure: rpm -qa, dpkg -l, ls -l of the build link.

const family = 'headers';

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
    if (symptom?.release === undefined || facts !== undefined) return undefined;
    const { path: missing, release } = symptom;
    const link = allSaid(symptoms, 'link-target').find(({ values: { path, target = '' } }) =>
      // ls of the directory names the link alone; its target tells whose it is.
      path === undefined ? target.includes(release) : missing.endsWith(path),
    );
    const target = link?.values['target'];
    if (target === undefined) return undefined;
    return {
      symptom,
      weight: CERTAIN,
      title: message('{path} is a link to {target}, which does not exist', { path: symptom.path, target }),
      explanation: message('The link to the headers is there, and the headers behind it are gone.'),
      remedies: installHeaders(symptom.release, undefined),
    };
  },
};

export const LISTED_PACKAGE_CAUSES: readonly Cause[] = [listedOther, listedForOther, listedUserHeaders, listedDangling];
