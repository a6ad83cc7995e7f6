import { message } from '../../message';
import { CERTAIN, LIKELY, type Cause } from '../cause';
import { saidCause } from '../said';
import { firstSaid } from '../symptom';

const family = 'crash';

const endbr = saidCause({
  key: 'ibt_missing_endbr',
  family,
  signs: ['missing-endbr', 'loader-fault'],
  when: ({ sign }, { symptoms }) => sign === 'missing-endbr' || firstSaid(symptoms, 'lookup-by-probe') !== undefined,
  weight: ({ sign }) => (sign === 'missing-endbr' ? CERTAIN + 5 : LIKELY + 15),
  decidedBy: message('dmesg: Missing ENDBR'),
  title: message('The processor’s indirect branch tracking stopped a call into the middle of a kernel function'),
  explanation: message(
    'The module calls an address a kprobe found (kallsyms_lookup_name+4), and processors since Intel’s 12th generation allow such calls only to marked places. Take a source that skips the ENDBR or calls the symbol properly. ibt=off on the boot line also works and lowers the machine’s protection.',
  ),
});

const cr0 = saidCause({
  key: 'cr0_wp_pinned',
  family,
  signs: ['cr0-pinned'],
  weight: CERTAIN + 6,
  decidedBy: message('dmesg: CR0 WP bit went missing'),
  title: message('The module clears the processor’s write protection, and the kernel sets it again'),
  explanation: message(
    'Since Linux 5.3 the kernel pins CR0.WP, so write_cr0 no longer opens read-only tables. Take a source that maps the page anew (or uses set_memory or kprobes) in place of clearing CR0.',
  ),
});

const readOnlyData = saidCause({
  key: 'module_oops_ro_data',
  family,
  signs: ['write-fault', 'kernel-fault'],
  when: (said, { symptoms }) =>
    firstSaid(symptoms, 'missing-endbr') === undefined &&
    (said.sign === 'write-fault' ||
      (/paging request|write/.test(said.text) && firstSaid(symptoms, 'write-fault') !== undefined)),
  weight: CERTAIN,
  decidedBy: message('dmesg: Oops: 0003 with the module’s init function as the place'),
  title: message('The module writes into read-only tables of the kernel and faults'),
  explanation: message(
    'The fault is a write to a protected page (Oops 0003): the module replaces entries of a table this kernel keeps read-only. Take a version of the source that makes the page writable the way this kernel needs it. After an oops reboot before trying again.',
  ),
});

const moduleBug = saidCause({
  key: 'toa_module_bug_crash',
  family,
  signs: ['kernel-fault', 'fault-place'],
  when: (_, { symptoms }) => firstSaid(symptoms, 'missing-endbr', 'write-fault', 'cr0-pinned') === undefined,
  weight: ({ sign }, { symptoms }) =>
    LIKELY + (sign === 'fault-place' || firstSaid(symptoms, 'fault-place') !== undefined ? 20 : 0),
  decidedBy: message('The trace in dmesg has the module’s functions on top'),
  title: message('The kernel crashed in the module'),
  explanation: message(
    'A fault in the module’s own code stops the kernel. Take a newer version of the source, in which it may be mended, and send its makers the whole trace. Do not load this build again on a machine in service.',
  ),
});

export const CRASH_CAUSES: readonly Cause[] = [endbr, cr0, readOnlyData, moduleBug];
