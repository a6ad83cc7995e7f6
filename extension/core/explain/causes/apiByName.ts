import { message } from '../../message';
import { CERTAIN, LIKELY, type Case, type Cause } from '../cause';
import { saidCause } from '../said';
import { allSaid, type SaidSymptom } from '../symptom';
import { SIGNATURE, nameIn } from './api';

// Changes that meet every TOA source, each a cause of its own.

const family = 'source';

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

export const API_BY_NAME_CAUSES: readonly Cause[] = [classCreate, getname, procOps, socketOps, sockoptHeader];
