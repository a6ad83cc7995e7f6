import { message } from '../../message';
import { removalOf, signatureChangeOf, type ApiChange } from '../apiChanges';
import { CERTAIN, LIKELY, type Case, type Cause } from '../cause';
import { isAtLeast, kernelOf } from '../kernelOf';
import { firstValue, saidCause } from '../said';
import type { SignName } from '../signs';
import { allSaid, type SaidSymptom } from '../symptom';

const family = 'source';
const SIGNATURE: readonly SignName[] = ['argument-count', 'incompatible-argument', 'incompatible-pointer'];

/** The name a compiler message is about, without what stands before an arrow or a dot. */
export function nameIn({ values }: Pick<SaidSymptom, 'values'>): string {
  const keys = ['symbol', 'name', 'function', 'macro', 'callee', 'callee2', 'callee3', 'callee4', 'wanted'];
  const full = firstValue(values, ...keys) ?? '';
  return full.split(/->|\./).at(-1) ?? full;
}

/** The message and the notes below it, down to the next message: their quoted types tell what changed. */
function aroundIn({ symptoms }: Case, said: SaidSymptom): string {
  const notes = allSaid(symptoms, 'expected-type', 'near-initialization', 'argument-count', 'incompatible-argument');
  const near = notes.filter(({ line }) => line >= said.line - 6 && line <= said.line + 12);
  const shown = allSaid(symptoms, 'excerpt').filter(({ line }) => line === said.line + 1);
  return [said, ...near, ...shown].map(({ text }) => text).join('\n');
}

const isAbout =
  (words: RegExp) =>
  (said: SaidSymptom, kase: Case): boolean =>
    words.test(aroundIn(kase, said));

const classCreate = saidCause({
  key: 'api_class_create',
  family,
  signs: ['argument-count', 'incompatible-argument'],
  when: (said) => nameIn(said) === 'class_create',
  weight: CERTAIN,
  decidedBy: message('include/linux/device/class.h declares class_create with one argument'),
  title: message('class_create takes one argument since Linux 6.4'),
  explanation: message(
    'Linux 6.4 removed the first argument, THIS_MODULE: write class_create("name"), behind a version test if older kernels matter. Some distributions backported it to 5.14.',
  ),
});

const getname = saidCause({
  key: 'api_inet_getname',
  family,
  signs: SIGNATURE,
  when: (said, kase) =>
    /(?:^|_)get(?:name|peername|sockname)/.test(nameIn(said)) ||
    (said.sign === 'incompatible-pointer' && isAbout(/getname/)(said, kase)),
  weight: CERTAIN,
  decidedBy: message('include/net/inet_common.h declares inet_getname with three arguments'),
  title: message('getname lost its length argument in Linux 4.17'),
  explanation: message(
    'Since Linux 4.17 inet_getname, kernel_getpeername and proto_ops.getname have no length pointer and return the length. Drop the argument behind a test for LINUX_VERSION_CODE >= KERNEL_VERSION(4, 17, 0), or use a module that knows this kernel.',
  ),
});

const procOps = saidCause({
  key: 'api_proc_ops',
  family,
  signs: SIGNATURE,
  when: isAbout(/proc_ops/),
  weight: CERTAIN,
  decidedBy: message('include/linux/proc_fs.h declares proc_create with struct proc_ops'),
  title: message('proc_create takes struct proc_ops since Linux 5.6'),
  explanation: message(
    'Linux 5.6 replaced struct file_operations by struct proc_ops for files in /proc: the members are proc_open, proc_read, proc_lseek, proc_release, and there is no owner.',
  ),
});

const socketOps = saidCause({
  key: 'api_socket_ops_sockaddr',
  family,
  signs: SIGNATURE,
  when: isAbout(/sockaddr_unsized/),
  weight: CERTAIN,
  decidedBy: message('include/linux/net.h declares bind and connect with struct sockaddr_unsized'),
  title: message('bind and connect take struct sockaddr_unsized since Linux 6.19'),
  explanation: message(
    'Linux 6.19 changed the address argument of proto_ops.bind and connect from struct sockaddr to struct sockaddr_unsized. Change the parameter’s type behind a version test.',
  ),
});

const sockoptHeader = saidCause({
  key: 'api_nf_sockopt_header',
  family,
  signs: ['incomplete-type', 'not-declared'],
  when: isAbout(/nf_sockopt|sockopts\b/),
  weight: LIKELY + 35,
  decidedBy: message('The source does not include linux/netfilter.h'),
  title: message('struct nf_sockopt_ops is not declared: its header is no longer included by others'),
  explanation: message(
    'The source relied on another header to include it. Add #include <linux/netfilter.h> to the source.',
  ),
});

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

const removed = saidCause({
  key: 'api_function_removed',
  family,
  signs: ['not-declared', 'header-missing'],
  when: ({ sign, values }) =>
    sign === 'not-declared' || /^(?:linux|asm|net|stdarg)/.test(values['header'] ?? values['quoted'] ?? ''),
  weight: LIKELY + 20,
  decidedBy: message('grep -r of the name in the tree’s include/ finds nothing'),
  title: (values) => {
    const name = values['header'] ?? values['quoted'] ?? nameIn({ values });
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
      nameIn({ values }) || (firstValue(values, 'member', 'member2', 'member3', 'member4', 'field', 'type') ?? '?');
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

export const API_CAUSES: readonly Cause[] = [
  classCreate,
  getname,
  procOps,
  socketOps,
  sockoptHeader,
  backport,
  removed,
  signature,
];
