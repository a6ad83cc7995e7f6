import type { SignTable } from './sign';

const TOOL = String.raw`(?<tool>\S*\b(?:fixdep|modpost|genksyms|objtool|sign-file|recordmcount|sorttable|resolve_btfids|conf|bin2c|mk_elfconfig|kallsyms|asn1_compiler|insert-sys-cert|extract-cert)\b)`;

/** What is said of header packages, kernel trees and the module's Makefile. */
export const TREE_SIGNS = {
  'repository-closed': {
    guards: [
      'mirrorlist',
      'baseurl',
      'metadata for repo',
      '404',
      'Release file',
      'Release 文件',
      'repomd.xml',
      'configured repositories failed',
    ],
    pattern:
      /(?:Could not|Cannot|cannot) (?:retrieve|prepare|find) .*(?:mirrorlist|baseurl)|of the configured repositories failed|Failed to download metadata for repo|repomd\.xml: .*(?:404|resolve)|(?:HTTP Error|Status code:) 404|https?:\/\/\S+.* 404 +\w+ \w+(?: \w+)? \[IP:|https?:\/\/\S+.* 404 +Not Found|^\s*404 +[\w ]+ \[IP:|(?:does not have|no longer has) a Release file|没有 Release 文件/,
  },
  'rpm-conflict': {
    guards: [
      'conflict',
      '競合',
      '冲突',
      'is needed by',
      'already installed',
      'Failed dependencies',
      'cannot install both',
    ],
    pattern:
      /(?:^|\s)(?:file|package|ファイル|文件) \S.*(?:conflicts? with|競合|冲突)|(?:^|\s)kernel\S* conflicts with|is needed by (?:\(installed\) )?kernel\S*|package kernel\S* .*is already installed|^error: Failed dependencies|cannot install both kernel/,
  },
  'config-invalid': {
    guards: ['Kernel configuration is invalid', 'are missing.', 'generated/autoconf.h'],
    pattern:
      /Kernel configuration is invalid|include\/(?:generated|linux)\/autoconf\.h or include\/config\/auto\.conf are missing|generated\/autoconf\.h(?:: No such file|' file not found)/,
  },
  'kconfig-missing': { guards: ['Kconfig'], pattern: /can't (?:find|open)(?: file)? "?(?:\S*\/)?Kconfig/ },
  'tool-needs-glibc': {
    guards: ['GLIBC_', 'Depends: libc6'],
    pattern:
      /(?:^|[\s/])(?<tool>[\w.-]+): .*version [`'‘]GLIBC_(?<version>[\d.]+)['’] not found|Depends: libc6 \(>= (?<wanted>[\d.]+)\)|GLIBC_(?<needed>[\d.]+)\S* is needed by kernel/,
  },
  'tool-wrong-arch': {
    guards: ['cannot execute', 'xec format error', '无法执行二进制文件', 'yntax error', 'loading shared libraries'],
    pattern: new RegExp(
      `${TOOL}: (?:cannot execute|Exec format error|无法执行|(?:line )?\\d+: (?:\\S+: )?[Ss]yntax error|error while loading shared libraries: (?:libc|ld-linux\\S*)\\.so)|[Ee]xec format error: \\S*(?:fixdep|modpost|genksyms|objtool)$`,
    ),
  },
  'tool-missing': {
    guards: [
      'linker script',
      'objtool',
      'genksyms',
      'modpost',
      'fixdep',
      'recordmcount',
      'module.lds',
      'module-common.lds',
    ],
    pattern:
      /(?:^|[\s'‘`./])(?<tool>(?:tools|scripts)\/\S*(?:objtool|genksyms|modpost|fixdep|recordmcount|module(?:-common)?\.lds))['’]?[:,]? .*(?:not found|No such file|needed by)|No rule to make target ['‘`](?<target>\S*(?:scripts|tools)\/\S+)['’]|cannot open linker script file/,
  },
  'symvers-missing': {
    guards: ['ymbol version dump', 'Module.symvers'],
    pattern: /[Ss]ymbol version dump .*missing|Module\.symvers is missing|cannot (?:find|open).*Module\.symvers/,
  },
  'path-with-space': {
    guards: ['cannot contain', 'multiple external modules', 'multiple target patterns'],
    // Since 6.12 or so: module directory path cannot contain ':'.
    pattern: /directory (?:path )?cannot contain|multiple external modules|multiple target patterns/,
  },
  'subdirs-removed': { guards: ['SUBDIRS'], pattern: /['‘]SUBDIRS['’] (?:was|will be) removed/ },
  'missing-separator': {
    guards: [
      'missing separator',
      'commences before first target',
      '分隔符缺失',
      '缺失分隔符',
      'ehlender Trenner',
      '缺少分隔符',
      'ehlendes Trennzeichen',
      'séparateur manquant',
      '分離記号',
      'falta un separador',
      'eparatore mancante',
      'altando o separador',
      'ропущен разделитель',
      '遺漏分隔符',
    ],
    pattern: /(?:^|\s)(?<file>[^\s:]*[Mm]ake[^\s:]*|[^\s:]+\.mk|dkms\S*):(?<number>\d+)/,
  },
  'no-makefile': {
    guards: [
      'No targets specified and no makefile found',
      '没有指明目标并且找不到 makefile',
      '没有指明目標並且找不到 makefile',
      'keine „make“-Steuerdatei gefunden',
      'aucun makefile n',
      'makefile も見つかりません',
    ],
  },
  'no-rule': {
    guards: [
      'No rule to make target',
      '没有规则可制作目标',
      '沒有規則可製作目標',
      'Keine Regel, um',
      'Keine Regel vorhanden, um',
      'を make するルールがありません',
      'Aucune règle pour',
      'No hay ninguna regla para construir',
      'Nessuna regola per generare',
      'Sem regra para processar',
      'Нет правила для сборки',
    ],
    pattern:
      /(?:No rule to make target|没有规则可制作目标|沒有規則可製作目標|Keine Regel(?: vorhanden)?, um(?: das Ziel)?|Aucune règle pour fabriquer la cible|No hay ninguna regla para construir el objetivo|Nessuna regola per generare l'obiettivo|Sem regra para processar o alvo|Нет правила для сборки цели) ?[`'‘"“„« ]+(?<target>[^`'’"”“» ]+)['’"”“» ]*(?:[^`'‘"“„«]*[`'‘"“„« ]+(?<needed>[^`'’"”“» ]+))?|必要なターゲット ['‘](?<wanted>[^'’]+)['’]/,
  },
} as const satisfies SignTable;
