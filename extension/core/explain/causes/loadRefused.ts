import { message } from '../../message';
import { CERTAIN, LIKELY, hostFact, type Case, type Cause } from '../cause';
import { runningOf } from '../kernelOf';
import { installHeaders, makeClean } from '../remedies';
import { firstValue, saidCause } from '../said';
import { firstOf, firstSaid, type SaidSymptom } from '../symptom';
import { showKernelLog } from '../toolRemedies';

const family = 'load_format';

/** What insmod or modprobe gave as the reason. */
export const reasonOf = ({ values }: SaidSymptom): string => firstValue(values, 'reason', 'why', 'cause') ?? '';

const GENERIC =
  /invalid (?:module format|parameters?|argument)|exec format error|无效的(?:模块格式|参数)|可执行文件格式错误|Ungültiges Argument|Format der Programmdatei|Argument invalide|format d'exécutable|無効な引数/i;

const generic = saidCause({
  key: 'insmod_generic_needs_dmesg',
  family,
  signs: ['load-refused', 'loader-fault'],
  when: (said) => said.sign === 'loader-fault' || GENERIC.test(reasonOf(said)),
  weight: LIKELY - 10,
  decidedBy: message('dmesg has a line of the kernel in the same second'),
  title: message('The kernel refused the module, and only its log says why'),
  explanation: message(
    'insmod and modprobe turn many refusals into these few words. The line the kernel wrote in the same second decides: run dmesg | tail, modinfo on the file, and uname -r. Do not force the load.',
  ),
  remedies: () => [showKernelLog()],
});

/** A cause that fits insmod's generic words and that another fact decides. */
function alternative(key: string, familyName: string, words: RegExp, decidedBy: Cause['decidedBy']): Cause {
  return {
    key,
    family: familyName,
    decidedBy,
    judge({ symptoms }: Case) {
      const symptom = firstSaid(symptoms, 'load-refused');
      if (symptom === undefined || !words.test(reasonOf(symptom))) return undefined;
      return { symptom, weight: 5, title: decidedBy, explanation: decidedBy };
    },
  };
}

const ALTERNATIVES: readonly Cause[] = [
  alternative('vermagic_mismatch', family, GENERIC, message('dmesg: version magic … should be …')),
  alternative('modversions_mismatch', family, GENERIC, message('dmesg: disagrees about version of symbol')),
  alternative('struct_module_size_mismatch', family, GENERIC, message('dmesg: section size must match')),
  alternative('module_btf_mismatch', family, GENERIC, message('dmesg: failed to validate module BTF')),
  alternative('wrong_architecture', family, GENERIC, message('file on the module names another CPU than uname -m')),
  alternative('not_an_elf_module', family, GENERIC, message('file on the module does not say ELF')),
];

/** modinfo names another kernel than the one that runs. */
function builtForAnother(kase: Case): SaidSymptom | undefined {
  const said = firstSaid(kase.symptoms, 'modinfo-vermagic');
  const running = runningOf(kase);
  return said !== undefined && running !== undefined && running !== said.values['release'] ? said : undefined;
}

const structSize = saidCause({
  key: 'struct_module_size_mismatch',
  family,
  signs: ['struct-size'],
  when: (_, kase) => builtForAnother(kase) === undefined,
  weight: LIKELY + 20,
  decidedBy: message('dmesg: section size must match'),
  title: message('The module’s headers have another struct module than the running kernel'),
  explanation: message(
    'The headers were of another revision or configuration than the kernel, even if their release has the same name. Reinstall the headers of exactly the running kernel (after an update: reboot), make clean and build again.',
  ),
  remedies: () => [makeClean()],
});

const vermagicByModinfo: Cause = {
  key: 'vermagic_mismatch',
  family,
  decidedBy: message('modinfo -F vermagic differs from the running kernel'),
  judge(kase) {
    const { symptoms, facts } = kase;
    const modinfo = builtForAnother(kase);
    const symptom = firstSaid(symptoms, 'load-refused', 'struct-size');
    if (modinfo === undefined || symptom === undefined) return undefined;
    // The kernel's own words name the same cause, or a nearer one.
    if (firstOf(symptoms, 'vermagic') !== undefined || firstSaid(symptoms, 'crc-differs') !== undefined)
      return undefined;
    const running = runningOf(kase) ?? '?';
    return {
      symptom,
      weight: CERTAIN,
      title: message('The module was built for {built}, the kernel is {running}', {
        built: modinfo.values['release'] ?? '?',
        running,
      }),
      explanation: message(
        'modinfo shows the kernel the file was built for, and another one runs. Build it against the headers of the running kernel.',
      ),
      evidence: [
        { source: modinfo.source, line: modinfo.line, text: modinfo.text },
        ...(facts === undefined ? [] : [hostFact(`uname -r: ${running}`)]),
      ],
      remedies: [...installHeaders(running, facts), makeClean()],
    };
  },
};

const btf = saidCause({
  key: 'module_btf_mismatch',
  family,
  signs: ['btf-refused'],
  weight: LIKELY + 35,
  decidedBy: message('dmesg: failed to validate module BTF'),
  title: message('The module’s type information (BTF) is not for the running kernel'),
  explanation: message(
    'The module carries BTF made against another vmlinux. Build it against exactly this kernel’s headers, or strip it: objcopy --remove-section=.BTF. A kernel with CONFIG_MODULE_ALLOW_BTF_MISMATCH loads it without.',
  ),
});

const notElf = saidCause({
  key: 'not_an_elf_module',
  family,
  signs: ['not-elf'],
  weight: CERTAIN,
  decidedBy: message('file on the module does not say ELF'),
  title: message('The file is not a kernel module'),
  explanation: message(
    'The file holds a web page, text or an archive, most often because a download saved the page around the file. Build the module from its source: a ready-made .ko fits one kernel only.',
  ),
});

const MACHINES: readonly (readonly [elf: RegExp, uname: RegExp])[] = [
  [/x86-64/, /x86_64|amd64/],
  [/aarch64/i, /aarch64|arm64/],
  [/^ARM,?|ARM$/, /armv?\d|arm\b/],
  [/80386/, /i[3-6]86/],
  [/RISC-V/i, /riscv/],
];

const wrongArchitecture = saidCause({
  key: 'wrong_architecture',
  family,
  signs: ['wrong-architecture', 'elf-machine'],
  when: ({ sign, values }, { symptoms, facts }) => {
    if (sign === 'wrong-architecture') return true;
    const running = facts?.kernel.machine ?? firstSaid(symptoms, 'running')?.text ?? '';
    const named = MACHINES.find(([, uname]) => uname.test(running));
    return named !== undefined && !named[0].test(values['machine'] ?? '');
  },
  weight: CERTAIN,
  decidedBy: message('file on the module names another CPU than uname -m'),
  title: message('The module is for another CPU'),
  explanation: message(
    'The file was compiled for another kind of machine. Build it on this one, or with ARCH= and CROSS_COMPILE= set for it.',
  ),
});

export const LOAD_REFUSED_CAUSES: readonly Cause[] = [
  generic,
  ...ALTERNATIVES,
  structSize,
  vermagicByModinfo,
  btf,
  notElf,
  wrongArchitecture,
];
