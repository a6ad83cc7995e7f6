import { message } from '../../message';
import { CERTAIN, type Cause } from '../cause';
import { saidCause } from '../said';

const common = { family: 'benign', weight: CERTAIN, severity: 'information' } as const;

const btfSkipped = saidCause({
  ...common,
  key: 'benign_btf_skipped',
  signs: ['btf-skipped'],
  decidedBy: message('make ends without an error'),
  title: message('The step for type information (BTF) was skipped: nothing is wrong'),
  explanation: message(
    'Header packages have no vmlinux, so the module gets no BTF. It loads and works without; only tracing tools would use it.',
  ),
});

const signSkipped = saidCause({
  ...common,
  key: 'benign_sign_key_missing',
  signs: ['sign-skipped'],
  decidedBy: message('The .ko is in /lib/modules afterwards'),
  title: message('The module was installed without a signature: the kernel’s signing key is not here'),
  explanation: message(
    'make modules_install tries to sign with the key of whoever built the kernel, which nobody else has. The module is installed all the same. It matters only where Secure Boot asks for signatures.',
  ),
});

const tainted = saidCause({
  ...common,
  key: 'benign_taint_message',
  signs: ['tainted'],
  decidedBy: message('lsmod shows the module'),
  title: message('The kernel notes that an unsigned or foreign module was loaded: nothing is wrong'),
  explanation: message(
    'Every module from outside the kernel’s own tree gets this note. The module is loaded; if something does not work, the cause is another one.',
  ),
});

export const BENIGN_CAUSES: readonly Cause[] = [btfSkipped, signSkipped, tainted];
