import { message } from '../../message';
import { removalOf, signatureChangeOf, type ApiChange } from '../apiChanges';
import { LIKELY, type Case, type Cause } from '../cause';
import { isAtLeast, kernelOf } from '../kernelOf';
import { firstValue, saidCause } from '../said';
import type { SignName } from '../signs';
import type { SaidSymptom } from '../symptom';

const family = 'source';
/** What a compiler says of a call or a callback in another form than the kernel's. */
export const SIGNATURE: readonly SignName[] = ['argument-count', 'incompatible-argument', 'incompatible-pointer'];

/** The name a compiler message is about, without what stands before an arrow or a dot. */
export function nameIn({ values }: Pick<SaidSymptom, 'values'>): string {
  const keys = [
    'symbol',
    'name',
    'function',
    'macro',
    'callee',
    'callee2',
    'callee3',
    'callee4',
    'callee5',
    'callee6',
    'wanted',
  ];
  const full = firstValue(values, ...keys) ?? '';
  return full.split(/->|\./).at(-1) ?? full;
}

/** Red Hat takes new interfaces into old version numbers. */
function isBackported(change: ApiChange | undefined, kase: Case): boolean {
  if (!/\.el[789]|\.el1\d|\.(?:an|al|oe|tl|ky|amzn|uek)\d/.test(kernelOf(kase) ?? '')) return false;
  return change === undefined || isAtLeast(kase, change.since[0], change.since[1]) === false;
}

const backport = saidCause({
  key: 'api_distro_backport',
  family,
  signs: [...SIGNATURE, 'not-declared', 'no-member'],
  when: (said, kase) => {
    const name = nameIn(said);
    if (said.sign === 'not-declared') return removalOf(name) !== undefined && isBackported(removalOf(name), kase);
    return isBackported(signatureChangeOf(name), kase);
  },
  // Never certain: it goes by a list of versions, and only the tree's own header proves it.
  weight: ({ sign }) => (sign === 'no-member' ? LIKELY : LIKELY + 39),
  decidedBy: message('The prototype in this tree’s header is newer than its version number'),
  title: (values, kase) =>
    message('{release} carries a newer interface than its version number says: {name}', {
      release: kernelOf(kase) ?? '?',
      name: nameIn({ values }),
    }),
  explanation: message(
    'The distribution took a newer kernel’s interface into its old version number, so a test of LINUX_VERSION_CODE picks the wrong branch. Test RHEL_RELEASE_CODE too, or look the prototype up in this tree’s headers.',
  ),
});

/** The member that a structure lacks, in one of the languages of the compiler. */
const memberIn = (values: SaidSymptom['values']): string =>
  firstValue(values, 'member', 'member2', 'member3', 'member4', 'member5', 'field') ?? '';

const removed = saidCause({
  key: 'api_function_removed',
  family,
  signs: ['not-declared', 'header-missing', 'no-member'],
  when: ({ sign, values }) =>
    sign === 'not-declared' ||
    (sign === 'no-member' && removalOf(memberIn(values)) !== undefined) ||
    /^(?:linux|asm|net|stdarg)/.test(values['header'] ?? values['quoted'] ?? ''),
  weight: LIKELY + 20,
  decidedBy: message('grep -r of the name in the tree’s include/ finds nothing'),
  title: (values) => {
    const name = firstValue(values, 'header', 'quoted') ?? (memberIn(values) || nameIn({ values }));
    const change = removalOf(name);
    return change === undefined
      ? message('This kernel has no {name}', { name })
      : message('{name} is gone since Linux {since}; use {instead}', {
          name,
          since: change.since.join('.'),
          instead: change.instead,
        });
  },
  explanation: message(
    'The source uses a function, macro or header that this kernel’s headers do not have: it was removed, renamed or moved. Take a version of the source that knows this kernel, or replace it behind a version test; the headers of this tree decide, since distributions backport.',
  ),
});

const signature = saidCause({
  key: 'api_other_signature',
  family,
  signs: [...SIGNATURE, 'no-member', 'incomplete-type'],
  when: ({ text, sign }) => sign !== 'incompatible-argument' || /error|warning|错误|警告/.test(text),
  weight: ({ sign }) => (sign === 'no-member' || sign === 'incomplete-type' ? LIKELY : LIKELY + 20),
  decidedBy: message('The declaration in this tree’s headers differs from the call'),
  title: (values) => {
    const name =
      nameIn({ values }) ||
      (firstValue(values, 'member', 'member2', 'member3', 'member4', 'member5', 'field', 'type') ?? '?');
    const change = signatureChangeOf(name);
    return change === undefined
      ? message('{name} has another form in this kernel', { name })
      : message('{name} changed in Linux {since}: {instead}', {
          name,
          since: change.since.join('.'),
          instead: change.instead,
        });
  },
  explanation: message(
    'The source calls a kernel function, or fills a structure, in the form of another kernel version. Take a version of the source that knows this kernel, or follow the declaration in this tree’s headers; do not silence the message, the call would pass wrong values.',
  ),
});

export const API_CAUSES: readonly Cause[] = [backport, removed, signature];
