import { message } from '../../message';
import { CERTAIN, LIKELY, type Case, type Cause } from '../cause';
import { isAtLeast } from '../kernelOf';
import { saidCause } from '../said';
import { allSaid, firstOf, firstSaid } from '../symptom';

const family = 'makefile';

/** The text shows a failure, so a command line in it is more than a remark. */
const hasFailed = ({ symptoms }: Case): boolean =>
  symptoms.some(({ kind }) => kind === 'error-line') ||
  firstSaid(symptoms, 'config-invalid', 'kconfig-missing', 'no-rule', 'tool-missing', 'path-with-space') !== undefined;

/** What people call targets; after M= they are no rest of a path. */
const USUAL_TARGETS =
  /^(?:all|default|modules\w*|kernel_modules|clean|mrproper|help|install|\w+_install|.*\.(?:ko|o|i|s|dtb))$/;

/** The word that make took for a target stands right behind M=DIRECTORY in the command. */
function isRestOfPath(target: string, { symptoms }: Case): boolean {
  if (USUAL_TARGETS.test(target)) return false;
  return allSaid(symptoms, 'make-in').some(({ text }) => {
    const words = text.split(/\s+/);
    return words.some((word, index) => word.startsWith('M=/') && words[index + 1] === target);
  });
}

const spaces = saidCause({
  key: 'path_with_spaces',
  family,
  signs: ['path-with-space', 'spaced-module-path', 'no-rule'],
  when: (said, kase) => {
    if (said.sign === 'no-rule') return isRestOfPath(said.values['target'] ?? '', kase);
    return said.sign === 'path-with-space' || hasFailed(kase);
  },
  weight: ({ sign }) => (sign === 'path-with-space' ? CERTAIN : LIKELY + 20),
  decidedBy: message('pwd prints a path with a space or a colon'),
  title: message('The module’s directory has a space or a colon in its path'),
  explanation: message(
    'make separates words at spaces and targets at colons, and no quoting helps: the kernel’s build takes the rest of the path for another directory. Move the source to a path without them.',
  ),
});

const subdirs = saidCause({
  key: 'makefile_subdirs_removed',
  family,
  signs: ['subdirs-removed', 'subdirs-used'],
  when: ({ sign }, kase) =>
    sign === 'subdirs-removed' ||
    (isAtLeast(kase, 5, 3) !== false && firstSaid(kase.symptoms, 'config-invalid', 'kconfig-missing') !== undefined) ||
    (isAtLeast(kase, 5, 3) === true && hasFailed(kase) && firstOf(kase.symptoms, 'compiled') === undefined),
  weight: CERTAIN,
  decidedBy: message('The Makefile has SUBDIRS= where M= belongs'),
  title: message('The Makefile uses SUBDIRS=, which Linux 5.3 removed'),
  explanation: message(
    'Since Linux 5.3 the kernel’s build ignores SUBDIRS= and works in the kernel tree itself. Write M=$(CURDIR) in its place; M= has worked since 2.6.',
  ),
});

const emptyModulePath = saidCause({
  key: 'makefile_pwd_empty_sudo',
  family,
  signs: ['empty-module-path', 'kconfig-missing'],
  when: ({ sign }, kase) => sign === 'kconfig-missing' || hasFailed(kase),
  weight: ({ sign }) => (sign === 'kconfig-missing' ? LIKELY : CERTAIN),
  decidedBy: message('The make command that is printed has nothing after M='),
  title: message('M= is empty, so make works in the kernel tree itself'),
  explanation: message(
    'M=$(PWD) takes PWD from the environment, and sudo drops it. Write M=$(CURDIR), which make sets by itself, and build without sudo. The failed run may have damaged the header tree: if the message stays, reinstall the header package.',
  ),
});

const separator = saidCause({
  key: 'makefile_missing_separator',
  family,
  signs: ['missing-separator'],
  weight: CERTAIN,
  decidedBy: message('cat -A Makefile shows spaces where ^I belongs'),
  title: ({ file = 'Makefile', number = '?' }) =>
    message('{file}:{number}: the recipe does not begin with a tab', { file, number }),
  explanation: message(
    'A recipe line in a Makefile begins with a tab. Copied from a web page the tab became spaces: put one tab at the beginning of the line.',
  ),
});

const extraFlags = saidCause({
  key: 'makefile_extra_cflags_removed',
  family,
  signs: ['header-missing'],
  when: ({ values: { header, quoted } }, kase) =>
    isOwnHeader(header ?? quoted ?? '') && isAtLeast(kase, 6, 15) !== false,
  weight: (_, kase) => (isAtLeast(kase, 6, 15) === true ? LIKELY + 30 : LIKELY),
  decidedBy: message('The Makefile sets EXTRA_CFLAGS, and the kernel is 6.15 or newer'),
  title: ({ header, quoted }) =>
    message('The source’s own header {header} is not found: EXTRA_CFLAGS has no effect since Linux 6.15', {
      header: header ?? quoted ?? '?',
    }),
  explanation: message(
    'Linux 6.15 removed EXTRA_CFLAGS, EXTRA_AFLAGS and EXTRA_LDFLAGS, so the include paths in them are lost without a word. Write ccflags-y, asflags-y and ldflags-y in their place: every kernel since 2.6.24 knows them.',
  ),
});

/** A header that is not one of the kernel's or a library's. */
function isOwnHeader(header: string): boolean {
  return !/^(?:linux|asm|asm-generic|net|uapi|generated|crypto|scsi|drm|media|sound|rdma|trace|openssl|config|xen|video)\/|^(?:stdarg|libelf|gelf|stddef)\.h$/.test(
    header,
  );
}

const kbuildInternals = saidCause({
  key: 'makefile_kbuild_api_changed',
  family,
  signs: ['no-rule', 'kbuild-internals'],
  when: ({ sign, values }, kase) => (sign === 'no-rule' ? values['target'] === 'vmlinux.o' : hasFailed(kase)),
  weight: ({ sign }) => (sign === 'no-rule' ? CERTAIN : LIKELY - 15),
  decidedBy: message('The Makefile sets KBUILD_BUILTIN, KBUILD_EXTMOD or other variables of the kernel’s own build'),
  title: message('The Makefile drives inner parts of the kernel’s build that changed'),
  explanation: message(
    'Variables like KBUILD_BUILTIN belong to the kernel’s own build and change between versions. A module’s Makefile should only call make -C KDIR M=$(CURDIR) modules.',
  ),
});

const noMakefile = saidCause({
  key: 'makefile_not_found',
  family,
  signs: ['no-makefile'],
  weight: LIKELY + 10,
  decidedBy: message('ls shows no Makefile in the directory where make was run'),
  title: message('make was run in a directory without a Makefile'),
  explanation: message(
    'make found no Makefile where it was started or sent by -C. Go to the directory that has the module’s Makefile, or, under dkms, copy the whole source and name its directory in dkms.conf.',
  ),
});

/** dkms builds for one kernel, and make went into another's directory. */
const dkmsOtherKernel = saidCause({
  key: 'makefile_uname_r_hardcoded',
  family,
  signs: ['make-in'],
  when: ({ values }, { symptoms }) => {
    const asked = firstSaid(symptoms, 'dkms-kernel')?.values['release'];
    const taken = /\/lib\/modules\/([^/]+)/.exec(values['path'] ?? '')?.[1];
    return asked !== undefined && taken !== undefined && taken !== asked && /^\d/.test(taken);
  },
  weight: CERTAIN,
  decidedBy: message('The heading of dkms’s make.log and the path after make -C name two kernels'),
  title: message('dkms builds for one kernel, and the Makefile takes another'),
  explanation: message(
    'The Makefile or dkms.conf asks uname -r (or names a release) instead of taking the kernel dkms asks for. Use $(KERNELRELEASE) or KVER=$kernelver in dkms.conf’s MAKE line.',
  ),
});

export const MAKEFILE_RULE_CAUSES: readonly Cause[] = [
  spaces,
  subdirs,
  emptyModulePath,
  separator,
  extraFlags,
  kbuildInternals,
  noMakefile,
  dkmsOtherKernel,
];
