import { message } from '../../message';
import { CERTAIN, LIKELY, type Cause } from '../cause';
import { saidCause } from '../said';
import { firstSaid } from '../symptom';

const family = 'toolchain';

const wrongLinker = saidCause({
  key: 'wrong_linker',
  family,
  signs: ['other-linker', 'license-missing'],
  when: ({ sign }, { symptoms }) => {
    const modules = new Set(
      symptoms.map((one) => (one.kind === 'said' && one.sign === 'license-missing' ? one.values['module'] : undefined)),
    );
    return sign === 'other-linker'
      ? modules.size > 1 || firstSaid(symptoms, 'struct-size') !== undefined
      : modules.size > 2;
  },
  weight: LIKELY + 30,
  decidedBy: message('ld --version names another linker than GNU ld or lld'),
  title: message('The linker damages the sections of the modules'),
  explanation: message(
    'Modules that have a license are said to have none: the linker (mold, for one) drops or merges the sections modpost reads. Make ld GNU ld again, or build with LD=ld.bfd.',
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
