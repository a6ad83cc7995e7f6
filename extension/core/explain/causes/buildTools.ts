import { message, type Message } from '../../message';
import { CERTAIN, type Cause } from '../cause';
import type { Remedy } from '../finding';
import type { Facts } from '../../facts';
import { saidCause } from '../said';
import { firstOf } from '../symptom';
import { installTools } from '../toolRemedies';

const family = 'toolchain';

const libelf = saidCause({
  key: 'missing_libelf',
  family,
  signs: ['needs-libelf'],
  weight: CERTAIN,
  decidedBy: message('/usr/include/libelf.h is not there'),
  title: message('The development files of libelf are missing'),
  explanation: message(
    'The kernel’s objtool reads object files with libelf. Install libelf-dev (Debian, Ubuntu), elfutils-libelf-devel (Red Hat family) or libelf-devel (SUSE).',
  ),
  remedies: ({ facts }) => installTools(['libelf'], facts),
});

const openssl = saidCause({
  key: 'missing_openssl_dev',
  family,
  signs: ['needs-openssl'],
  weight: CERTAIN,
  decidedBy: message('/usr/include/openssl/opensslv.h is not there'),
  title: message('The development files of OpenSSL are missing'),
  explanation: message(
    'The kernel’s scripts for signatures are compiled with OpenSSL. Install libssl-dev (Debian, Ubuntu) or openssl-devel (Red Hat family).',
  ),
  remedies: ({ facts }) => installTools(['openssl'], facts),
});

/** A cause that a missing command names. */
function commandCause(
  key: string,
  commands: readonly string[],
  decidedBy: Message,
  title: Message,
  explanation: Message,
  remedies: (facts: Facts | undefined) => readonly Remedy[],
): Cause {
  return {
    key,
    family,
    decidedBy,
    judge({ symptoms, facts }) {
      const symptom = symptoms.find(
        (one) => one.kind === 'command-missing' && commands.includes(one.command.split('/').at(-1) ?? ''),
      );
      if (symptom === undefined) return undefined;
      // Without its directory the kernel's build never started, so the Makefile itself called the command.
      const severity = firstOf(symptoms, 'missing-build') === undefined ? 'error' : 'warning';
      return { symptom, weight: CERTAIN, title, explanation, remedies: remedies(facts), severity };
    },
  };
}

const bc = commandCause(
  'missing_bc',
  ['bc'],
  message('command -v bc prints nothing'),
  message('The calculator bc is not installed'),
  message('The kernel’s build computes include/generated/timeconst.h with bc. Install the package bc.'),
  (facts) => installTools(['bc'], facts),
);

const flexBison = commandCause(
  'missing_flex_bison',
  ['flex', 'bison', 'yacc', 'lex'],
  message('command -v flex bison prints nothing'),
  message('flex or bison is not installed'),
  message(
    'The kernel’s build makes its configuration program with flex and bison. Install both. An installed header package does not need them: when they are asked for, make may be working in a source tree that was never prepared.',
  ),
  (facts) => installTools(['flex', 'bison'], facts),
);

const sbin = commandCause(
  'sbin_not_in_path',
  ['depmod', 'modprobe', 'insmod', 'lsmod', 'rmmod', 'modinfo', 'dkms'],
  message('ls /sbin/depmod shows it, and echo $PATH has no /sbin'),
  message('/sbin is not in PATH'),
  message(
    'depmod, modprobe and insmod are in /sbin, which a shell opened by su (without -) does not search. Use su - or sudo, or call them as /sbin/depmod. Only if /sbin/depmod is not there is the package kmod missing.',
  ),
  (facts) => (facts?.tools.commands['depmod'] === undefined ? installTools(['kmod'], facts) : []),
);

export const BUILD_TOOL_CAUSES: readonly Cause[] = [libelf, openssl, bc, flexBison, sbin];
