import { message } from '../../message';
import { CERTAIN, LIKELY, type Case, type Cause } from '../cause';
import { kernelOf } from '../kernelOf';
import { installHeaders } from '../remedies';
import { saidCause } from '../said';
import { allSaid, firstSaid, type SaidSymptom } from '../symptom';

const family = 'tree';

/** The last kernel directory make went into before a line. */
function directoryBefore({ symptoms }: Case, { line }: SaidSymptom): string {
  const places = allSaid(symptoms, 'entered', 'make-in').filter((said) => said.line <= line);
  return places.map(({ values }) => values['path'] ?? '').findLast((path) => /modules|kernel|linux/.test(path)) ?? '';
}

/** A path that a header package owns. */
const isPackaged = (path: string): boolean =>
  /\/lib\/modules\/|\/usr\/src\/kernels\/|\/usr\/src\/linux-(?:headers|obj|kbuild)/.test(path);

/** A source tree as people unpack it: linux-5.10, linux. */
const isBareSource = (path: string): boolean => /\/usr\/src\/linux(?:-source)?(?:-\d[\w.-]*)?\/?$/.test(path);

const headersCorrupt = saidCause({
  key: 'headers_corrupt',
  family,
  signs: ['config-invalid'],
  when: (said, kase) => isPackaged(directoryBefore(kase, said)) || directoryBefore(kase, said) === '',
  weight: LIKELY + 20,
  decidedBy: message('A package owns the tree, and its include/config/auto.conf is gone'),
  title: message('The installed kernel headers are damaged: their configuration is gone'),
  explanation: message(
    'An installed header tree comes configured. An earlier make run as root in it deleted include/config/auto.conf. Reinstall the header package. The message’s own advice, make oldconfig && make prepare, would make headers that do not fit the kernel.',
  ),
  remedies: (kase) => installHeaders(kernelOf(kase) ?? '', kase.facts),
});

const sourceUnprepared = saidCause({
  key: 'kernel_source_unprepared',
  family,
  signs: ['config-invalid'],
  weight: LIKELY + 10,
  decidedBy: message('The tree is a plain source tree without .config and Module.symvers'),
  title: message('The kernel tree was never configured'),
  explanation: message(
    'make went into a kernel source tree that has no configuration. Build against the header package of the running kernel; a source tree that was only unpacked, or configured by make oldconfig, gives a module that the kernel refuses.',
  ),
});

const kdirWrong = saidCause({
  key: 'kdir_wrong',
  family,
  signs: ['config-invalid', 'no-rule'],
  when: (said, kase) =>
    isBareSource(directoryBefore(kase, said)) &&
    (said.sign === 'config-invalid' || said.values['target'] === 'modules'),
  weight: LIKELY + 15,
  decidedBy: message('/lib/modules/$(uname -r)/build leads to another tree, which is prepared'),
  title: message('KDIR points at a source tree that is not the kernel’s build tree'),
  explanation: message(
    'make was sent into a bare tree in /usr/src. The tree that belongs to the running kernel is behind /lib/modules/$(uname -r)/build: give that to make -C.',
  ),
});

/** A source of the kernel's build tools that lacks a header of the kernel. */
const OWN_TOOL =
  /^\s*(?:\S*\/)?(?:scripts\/(?:basic|kconfig|mod|genksyms|selinux|dtc|gcc-plugins)|tools\/(?:objtool|lib|build|include))\/\S+:\d+:(?!.*\b(?:openssl|libelf|gelf|elf|ncurses)\b)/;

const incomplete = saidCause({
  key: 'kernel_source_incomplete',
  family,
  signs: ['tool-missing', 'no-rule', 'header-missing'],
  when: ({ sign, text, values: { wanted = '', target = wanted, needed = '' } }) =>
    sign === 'tool-missing' ||
    (sign === 'header-missing' && OWN_TOOL.test(text)) ||
    /(?:^|\/)(?:arch|scripts|tools|include|kernel)\/\S+/.test(target) ||
    (target.endsWith('.o') && needed.endsWith('.o') && target !== 'vmlinux.o') ||
    (target.endsWith('.c') && needed.endsWith('.o')),
  weight: ({ sign, values }) =>
    sign !== 'no-rule' || !/\.[oc]$/.test(values['target'] ?? '') ? LIKELY + 25 : LIKELY - 5,
  decidedBy: message('The named file is missing from the tree: ls scripts/ tools/objtool/ in it'),
  title: ({ tool, wanted, header, target = wanted }) =>
    message('The kernel tree lacks a part that the build needs: {part}', {
      part: tool ?? target ?? header ?? 'module.lds',
    }),
  explanation: message(
    'The header tree was copied in part, only prepared, or packaged with a fault. Install the complete header package of the running kernel; copying single files from another kernel gives a module that may not load.',
  ),
  remedies: (kase) => installHeaders(kernelOf(kase) ?? '', kase.facts),
});

const glibcTooNew = saidCause({
  key: 'header_tools_glibc_too_new',
  family,
  signs: ['tool-needs-glibc'],
  weight: CERTAIN,
  decidedBy: message('ldd --version is older than the GLIBC version the tool asks for'),
  title: ({ version, wanted, needed }) =>
    message('The header tree’s tools need C library {version}, newer than this machine’s', {
      version: version ?? wanted ?? needed ?? '?',
    }),
  explanation: message(
    'These headers were made for a newer release of the distribution (mainline builds, backports), and their programs (fixdep, modpost) do not run here. Use a kernel made for this release, or build on a machine of the newer one. Do not install another C library by force: it breaks the system.',
  ),
});

const wrongArchitecture = saidCause({
  key: 'header_tools_wrong_arch',
  family,
  signs: ['tool-wrong-arch'],
  weight: CERTAIN,
  decidedBy: message('file scripts/basic/fixdep names another CPU than uname -m'),
  title: message('The header tree’s tools are for another CPU'),
  explanation: message(
    'The headers were packaged on another kind of machine, and their programs (fixdep, modpost) do not run on this CPU. Run make scripts in the tree with a compiler of this machine, or take headers packaged for it.',
  ),
});

const BASIC_SYMBOLS =
  /^(?:_?printk|kfree|__kmalloc|mem(?:cpy|set)|__fentry__|module_layout|mutex_lock|_raw_spin_lock\w*)$/;

const symversMissing = saidCause({
  key: 'module_symvers_missing',
  family,
  signs: ['symvers-missing', 'undefined-symbol'],
  when: ({ sign, values }) => sign === 'symvers-missing' || BASIC_SYMBOLS.test(values['symbol'] ?? ''),
  weight: (_, { symptoms }) => (firstSaid(symptoms, 'undefined-symbol') === undefined ? LIKELY + 10 : CERTAIN),
  decidedBy: message('Module.symvers is not in the kernel tree'),
  title: message('The kernel tree has no Module.symvers, so no symbol is known'),
  explanation: message(
    'Module.symvers lists what the kernel exports; without it every symbol counts as undefined and the module gets no symbol versions. make modules_prepare does not make it: install the header package, or build the kernel itself.',
  ),
});

export const TREE_CAUSES: readonly Cause[] = [
  headersCorrupt,
  sourceUnprepared,
  kdirWrong,
  incomplete,
  glibcTooNew,
  wrongArchitecture,
  symversMissing,
];
