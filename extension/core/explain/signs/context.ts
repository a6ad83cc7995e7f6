import type { SignTable } from './sign';

/** What a log tells of its machine without being a failure: kernels, directories, commands, packages. Read beside every other sign. */
export const CONTEXT_SIGNS = {
  running: {
    guards: ['Linux '],
    pattern: /^(?:\S+: )?(?:\[[\d. ]+\] )?\s*Linux (?:version )?(?:[\w.-]+ )??(?<release>\d+\.\d+[^\s#]*)(?: |$)/,
  },
  entered: {
    guards: [
      'ntering directory',
      '进入目录',
      '進入目錄',
      'répertoire',
      'Verzeichnis',
      'se entra en el directorio',
      'ngresso nella directory',
      'ntrando no diretório',
      'ход в каталог',
    ],
    pattern:
      /(?:Entering directory|进入目录|進入目錄|dans le répertoire|Wechsel in das Verzeichnis|Verzeichnis|se entra en el directorio|ngresso nella directory|ntrando no diretório|ход в каталог)[:：]? ?["'‘“`«„ ]*(?<path>\/[^'’”"»“\s]+)/,
  },
  /** The line of source that gcc or clang shows below a message. */
  excerpt: { guards: [' | '], pattern: /^\s*\d+ \| (?<code>.*\S)/ },
  'make-in': { guards: [' -C '], pattern: /\bmake\b.*? -C ["']?(?<path>[^\s"']+)/ },
  'empty-module-path': {
    guards: ['M= ', 'M=', 'M=""'],
    pattern: /\bmake\b.*? -C .*? M=(?:""|'')?(?: (?:[a-z_]+|-\w+|[A-Z_]+=\S*))*$/,
  },
  'spaced-module-path': {
    guards: [' M='],
    pattern: /\bmake\b.*? -C .* M=(?:\/[^\s"'$`]*|"[^"\s]+) (?:[^\s=/-][^\s=]*\/\S*|[^\s"]+")/,
  },
  'subdirs-used': { guards: ['SUBDIRS='], pattern: /\bmake\b.* SUBDIRS=/ },
  'kbuild-internals': { guards: ['KBUILD_BUILTIN', 'KBUILD_MODULES', 'KBUILD_EXTMOD'] },
  'dkms-kernel': { guards: ['for kernel'], pattern: /(?:make\.log for \S+ )for kernel (?<release>\d\S+)/ },
  'listed-devel': {
    guards: ['-devel-', 'linux-headers-'],
    pattern: /^(?:ii\s+)?(?:kernel(?:-\w+)?-devel-|linux-headers-)(?<release>\d\S*)(?:\s|$)/,
  },
  'listed-headers': { guards: ['kernel-headers-'], pattern: /^kernel-headers-(?<release>\d\S*)\s*$/ },
  'listed-kernel': { guards: ['kernel-'], pattern: /^kernel(?:-core)?-(?<release>\d\S*)\s*$/ },
  'link-target': { guards: [' -> '], pattern: /(?:(?<path>\/lib\/modules\/[^\s/]+\/build)|\sbuild) -> (?<target>\S+)/ },
  'cannot-access': { guards: ['annot access'], pattern: /annot access ['‘]?(?<path>[^'’:]+)/ },
  'modinfo-vermagic': { guards: ['vermagic'], pattern: /^vermagic:\s+(?<release>\S+)/ },
  'in-container': {
    guards: ['docker', 'Docker', 'podman', 'kubepods', 'containerd', 'lxc', 'container'],
    pattern:
      /\b(?:docker|podman) (?:run|exec|build|compose)|cap[-_]add|\/\.dockerenv|kubepods|Dockerfile|docker-compose|^\d+:[\w,=]*:\/(?:docker|lxc|containerd|system\.slice\/docker)|\bin(?:side)? (?:a |the )?(?:docker )?container\b/,
  },
  'headers-command': {
    guards: ['linux-headers-', 'kernel-devel-'],
    pattern: /(?:apt|apt-get|yum|dnf|aptitude) .*install .*(?:linux-headers-|kernel-devel-)[$`]/,
  },
  'wrong-address': {
    guards: [' ip', ' IP', 'address', '地址'],
    pattern:
      /\b(?:get|see|show|log|receive)s?\b.{0,40}\b(?:local|lvs|lb|load balancer|proxy|vip|snat|node)\b.{0,20}(?:\bip\b|address)|(?:not|n't) (?:get|see)\b.{0,20}\b(?:real|client|true)\b.{0,10}\bip|(?:remote|client) (?:address|ip) is (?:still )?(?:the |a )?(?:proxy|lb|load|local|node)/i,
  },
} as const satisfies SignTable;
