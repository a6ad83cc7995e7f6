import { message } from '../../message';
import { CERTAIN, LIKELY, type Cause } from '../cause';
import { saidCause } from '../said';
import { firstSaid } from '../symptom';

const family = 'toolchain';

const wrongLinker = saidCause({
  key: 'wrong_linker',
  family,
  signs: ['linker-refused', 'other-linker', 'license-missing'],
  when: ({ sign }, { symptoms }) => {
    if (sign === 'linker-refused') return true;
    const modules = new Set(
      symptoms.map((one) => (one.kind === 'said' && one.sign === 'license-missing' ? one.values['module'] : undefined)),
    );
    return sign === 'other-linker'
      ? modules.size > 1 || firstSaid(symptoms, 'struct-size') !== undefined
      : modules.size > 2;
  },
  weight: ({ sign }) => (sign === 'linker-refused' ? CERTAIN : LIKELY + 30),
  decidedBy: message('ld --version names another linker than GNU ld or lld'),
  title: message('The linker that is used cannot link kernel modules'),
  explanation: message(
    'Another linker than GNU ld or lld (mold, for one) does not read the kernel’s linker script, or drops and merges the sections modpost reads, so that modules that have a license are said to have none. Make ld GNU ld again, or build with LD=ld.bfd.',
  ),
});

const relocation = saidCause({
  key: 'toolchain_relocation_unsupported',
  family,
  signs: ['relocation-unknown'],
  weight: CERTAIN,
  decidedBy: message('dmesg: Unknown relocation type'),
  title: ({ type = '?' }) => message('The kernel’s loader does not know relocation type {type}', { type }),
  explanation: message(
    'The compiler or assembler is newer than this kernel’s loader and writes a kind of relocation it cannot apply. Build with the compiler and binutils of the kernel’s own time.',
  ),
});

export const LINKER_CAUSES: readonly Cause[] = [wrongLinker, relocation];
