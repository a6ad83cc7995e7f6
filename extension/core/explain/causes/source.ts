import { message } from '../../message';
import { CERTAIN, LIKELY, type Cause } from '../cause';
import { firstValue, saidCause } from '../said';
import { allSaid } from '../symptom';

const family = 'source';

const prototypes = saidCause({
  key: 'missing_prototypes_werror',
  family,
  signs: ['no-prototype'],
  weight: CERTAIN,
  decidedBy: message('The message ends in [-Werror=missing-prototypes]'),
  title: ({ symbol = '?' }) => message('The function {symbol} has no prototype, and warnings are errors', { symbol }),
  explanation: message(
    'Since Linux 6.8 -Wmissing-prototypes is on everywhere. Make the function static, or declare it in a header. Without -Werror it would only be a warning.',
  ),
});

const c90 = saidCause({
  key: 'source_c90_werror',
  family,
  signs: ['c90'],
  weight: LIKELY + 30,
  decidedBy: message('The kernel is older than 5.18, which moved to C11'),
  title: message('A declaration stands after a statement, and older kernels make that an error'),
  explanation: message(
    'Kernels before 5.18 compile modules as C90 and ask for declarations at the beginning of a block. Move the declaration up.',
  ),
});

const licenseMissing = saidCause({
  key: 'module_license_missing',
  family,
  signs: ['license-missing'],
  weight: LIKELY + 25,
  decidedBy: message('grep MODULE_LICENSE in the source finds nothing'),
  title: ({ module = '?' }) => message('{module} declares no license', { module }),
  explanation: message(
    'modpost refuses a module without MODULE_LICENSE(). Add MODULE_LICENSE("GPL"); to the source if that is its license. If the source has the line, ld is not GNU ld.',
  ),
});

const gplOnly = saidCause({
  key: 'gpl_only_symbol',
  family,
  signs: ['gpl-only'],
  weight: CERTAIN,
  decidedBy: message('Module.symvers lists the symbol as EXPORT_SYMBOL_GPL'),
  title: ({ symbol = '?' }) => message('The kernel gives {symbol} to GPL modules only', { symbol }),
  explanation: message(
    'The module’s license is not compatible with the GPL, and the symbol is exported with EXPORT_SYMBOL_GPL. Use a release of the module that does without it, or a kernel that exports it freely; changing the license text of another’s source is not yours to do.',
  ),
});

/** Structures of TCP's inside, which no module's interface promises. */
const TCP_INSIDE =
  /^(?:inet_request_sock|request_sock|tcp_sock|tcp_request_sock|inet_connection_sock|tcp_options_received|inet_sock|request_sock_ops|tcp_request_sock_ops|dst_entry|rtable)\b/;

const sourceTooOld = saidCause({
  key: 'toa_source_too_old_for_kernel',
  family,
  signs: ['no-member'],
  when: ({ values }, { symptoms }) =>
    TCP_INSIDE.test(firstValue(values, 'type', 'owner', 'type2', 'type3', 'type4', 'type5') ?? '') &&
    new Set(
      allSaid(symptoms, 'no-member', 'not-declared', 'argument-count', 'incompatible-pointer').map(({ text }) => text),
    ).size > 1,
  weight: LIKELY + 25,
  decidedBy: message('The source’s README names the kernel series it is for'),
  title: message('This source copies inner parts of TCP from another kernel series'),
  explanation: message(
    'Several members of TCP’s own structures are not where the source looks for them: it was written for an older kernel (2.6.32 or 3.10, most often). Take a TOA source for this kernel series; repairing the members one by one leads to a module that crashes.',
  ),
});

export const SOURCE_CAUSES: readonly Cause[] = [prototypes, c90, licenseMissing, gplOnly, sourceTooOld];
