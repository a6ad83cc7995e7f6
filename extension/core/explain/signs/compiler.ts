import type { SignTable } from './sign';

/** What the compiler, the linker and the kernel's own checks of them say. */
export const COMPILER_SIGNS = {
  'option-unknown': {
    guards: [
      'unrecognized',
      'unknown argument',
      'unsupported option',
      '命令行选项',
      'ommandozeilenoption',
      'ligne de commande',
      'コマンドライン',
    ],
    pattern:
      /(?:unrecogni[sz]ed (?:command[- ]line |debug )?(?:option|argument)|unknown argument|unsupported option|命令行选项|ommandozeilenoption|ligne de commande|コマンドライン)[^-]{0,12}(?<option>-[\w=.,+-]+)|option «\s(?<option2>-[\w=.,+-]+)\s» non reconnue/,
  },
  'syntax-unknown': {
    guards: ['asm_inline', 'expected', '应有', '必须使用'],
    pattern:
      /(?:expected|应有) ['‘“"]?\(['’”"]? ?(?:before|在) ?['‘“"]?(?:__inline|inline|goto)|expected identifier or ['‘“"]?\(['’”"]? before string constant|error: .*asm_inline|#define asm_inline/,
  },
  'compiler-too-old': {
    guards: ['too old'],
    pattern: /(?:compiler|gcc|binutils|assembler|linker)\b.*\btoo old|too old\b.*(?:compiler|gcc)/i,
  },
  'asm-goto': { guards: ['asm-goto'], pattern: /lacks asm-goto support/ },
  'no-retpoline': {
    guards: ['RETPOLINE', 'retpoline'],
    pattern: /\*\*\* .*CONFIG_RETPOLINE=y,? but not supported|non-retpoline compiler/i,
  },
  'plugin-refused': {
    guards: ['plugin'],
    pattern:
      /(?:incompatible gcc\/plugin|cannot load plugin|fail(?:ed)? to initialize plugin|inaccessible plugin file|gcc-plugin\.h: No such file|gcc-plugins?\/\S+\.so['’]?(?:: cannot open|, needed by))/,
  },
  'needs-libelf': {
    guards: ['libelf', 'gelf.h'],
    pattern: /install libelf|\b(?:lib|g)elf\.h(?:: No such file|['’] file not found)|cannot find -lelf/,
  },
  'needs-openssl': {
    guards: ['openssl', '-lcrypto'],
    pattern:
      /openssl\/\w+\.h(?:: (?:No such file|没有|Datei oder|Aucun|No existe|Нет такого)|['’] file not found)|cannot find -lcrypto/,
  },
  'no-pic': { guards: ['PIC mode', 'PIC 模式'] },
  /** Of the linkers that people put in the place of GNU ld, mold knows least of the kernel's linker scripts. */
  'linker-refused': {
    guards: ['mold: ', 'linker script token'],
    pattern: /(?:^|[\s/])mold: (?:fatal|error): |unknown linker script token/,
  },
  'other-linker': { guards: ['mold'], pattern: /(?:^|\s|\/)mold(?:: | \d|$| \()|-fuse-ld=mold/ },
  'built-by': { guards: ['kernel was built by:'], pattern: /built by: (?<compiler>.+)/ },
} as const satisfies SignTable;
