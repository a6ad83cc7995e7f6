import { message } from '../../message';
import { CERTAIN, LIKELY, type Cause } from '../cause';
import { kernelOf } from '../kernelOf';
import { firstValue, saidCause } from '../said';
import { firstSaid, type SaidSymptom } from '../symptom';
import { buildWithLlvm, installCompiler } from '../toolRemedies';

const COMPILER = /(?:^|[/-])(?:gcc|cc|clang|ld|as|ar|make)(?:-\d+(?:\.\d+)*)?$/;
const family = 'toolchain';

const compilerNotFound: Cause = {
  key: 'compiler_not_found',
  family,
  decidedBy: message('command -v gcc prints nothing'),
  judge({ symptoms, facts }) {
    const symptom = symptoms.find((one) => one.kind === 'command-missing' && COMPILER.test(one.command));
    if (symptom?.kind !== 'command-missing') return undefined;
    const command = symptom.command.split('/').at(-1) ?? symptom.command;
    return {
      symptom,
      weight: CERTAIN,
      title: message('The compiler {command} is not installed', { command }),
      explanation: message(
        'The kernel’s build calls {command}, and the shell does not find it. A module should be built by the compiler that built the kernel, at least by the same major version.',
        { command },
      ),
      remedies: installCompiler(command, facts),
    };
  },
};

/** Options that clang alone knows: a kernel built with clang hands them to every module. */
const CLANG_OPTIONS =
  /^-(?:mretpoline-external-thunk|fsplit-lto-unit|fno-split-lto-unit|mstack-alignment|flto=thin|fvisibility=hidden-lto|mllvm|Qunused-arguments|fcatch-undefined-behavior|no-integrated-as|fintegrated-as|enable-trivial-auto-var-init\S*|fexperimental\S*|fdebug-info-for-profiling|fsanitize=kcfi|fsanitize-cfi\S*|Wno-gnu|fno-integrated-as|mfentry-clang|mharden-clang|Wno-unused-command-line-argument)/;

const isForClang = ({ values }: SaidSymptom): boolean =>
  CLANG_OPTIONS.test(firstValue(values, 'option', 'option2') ?? '');

const builtWithClang = saidCause({
  key: 'kernel_built_with_clang',
  family,
  signs: ['option-unknown'],
  when: (said, { symptoms }) =>
    isForClang(said) || /clang/i.test(firstSaid(symptoms, 'built-by')?.values['compiler'] ?? ''),
  weight: CERTAIN,
  decidedBy: message('/proc/version names clang as the kernel’s compiler'),
  title: ({ option = '?' }) => message('The kernel was built with clang, and gcc does not know {option}', { option }),
  explanation: message(
    'A kernel built with clang hands clang’s options to every module. Build the module with clang too: make LLVM=1. Do not edit the options out of the kernel’s Makefile.',
  ),
  remedies: () => [buildWithLlvm()],
});

const compilerTooOld = saidCause({
  key: 'compiler_too_old_for_kernel_flags',
  family,
  signs: ['option-unknown', 'compiler-too-old', 'syntax-unknown'],
  when: (said) => !isForClang(said),
  weight: LIKELY + 30,
  decidedBy: message('/proc/version names a newer gcc than gcc --version'),
  title: ({ option2, option = option2 }, kase) =>
    option === undefined
      ? message('The compiler is older than the kernel {release} needs', { release: kernelOf(kase) ?? '' })
      : message('The compiler is older than the kernel’s: it does not know {option}', { option }),
  explanation: message(
    'The kernel was built by a newer compiler and hands its options and syntax to every module. Install the compiler that /proc/version names (on CentOS a devtoolset, on Ubuntu the package gcc-N) and build with CC= set to it. Do not delete options from the kernel’s files.',
  ),
  remedies: ({ facts }) => installCompiler('gcc', facts),
});

const noRetpoline = saidCause({
  key: 'compiler_no_retpoline',
  family,
  signs: ['no-retpoline'],
  weight: LIKELY + 35,
  decidedBy: message('gcc -mindirect-branch=thunk-extern -E -x c /dev/null fails'),
  title: message('The compiler has no retpoline support, and the kernel was built with it'),
  explanation: message(
    'The kernel was built with CONFIG_RETPOLINE=y, and its check of the compiler failed. Update the distribution’s own gcc (on CentOS 7 at least 4.8.5-16), or remove a foreign gcc that stands before it in PATH. Do not switch CONFIG_RETPOLINE off: the module would weaken the kernel.',
  ),
  remedies: ({ facts }) => installCompiler('gcc', facts),
});

const pluginMismatch = saidCause({
  key: 'gcc_plugin_mismatch',
  family,
  signs: ['plugin-refused'],
  weight: CERTAIN,
  decidedBy: message('CONFIG_GCC_PLUGINS=y, and gcc --version differs from the one in /proc/version'),
  title: message('The kernel’s GCC plugins are for another gcc'),
  explanation: message(
    'The header tree holds plugins (scripts/gcc-plugins/*.so) compiled for one exact gcc, and the installed gcc cannot load them. Build with the gcc that built the kernel, or take headers whose plugins fit.',
  ),
});

const defaultPie = saidCause({
  key: 'compiler_default_pie',
  family,
  signs: ['no-pic'],
  weight: CERTAIN,
  decidedBy: message('gcc -v shows --enable-default-pie'),
  title: message('gcc makes position-independent code by default, and this kernel tree does not turn it off'),
  explanation: message(
    'Kernels before 4.9 (and their old stable releases) do not pass -fno-pie. Use the compiler of the kernel’s own time, or build with make CC="gcc -fno-pie", which reaches the kernel’s own tests of the compiler too.',
  ),
});

const wrapper = saidCause({
  key: 'compiler_unusable_wrapper',
  family,
  signs: ['asm-goto'],
  weight: LIKELY + 20,
  decidedBy: message('make prints which CC it uses; gcc --version is 4.5 or newer'),
  title: message('The kernel’s test of the compiler failed'),
  explanation: message(
    'Every gcc since 4.5 has asm goto, so the test itself did not run: CC is a wrapper, has arguments in it, or its assembler is missing. Build with CC=gcc and without wrappers. Only a gcc before 4.5 really lacks it.',
  ),
});

export const TOOLCHAIN_CAUSES: readonly Cause[] = [
  compilerNotFound,
  builtWithClang,
  compilerTooOld,
  noRetpoline,
  pluginMismatch,
  defaultPie,
  wrapper,
];
