import type { SignTable } from './sign';

/** What insmod, modprobe and the kernel say of a module that is refused or fails. */
export const LOAD_SIGNS = {
  'load-refused': {
    // Before kmod modprobe did not say its name: "FATAL: Error inserting toa (/lib/modules/…): …".
    guards: ['insmod', 'modprobe', 'init_module', 'finit_module', 'FATAL: Error inserting', 'Failed to insert'],
    pattern:
      /(?:(?:insmod|modprobe): (?:ERROR: |FATAL: )?|FATAL: )(?:could not (?:insert|load)|can't (?:insert|load|read|open)|[Ee]rror inserting|cannot insert)(?: module)? ?['‘"]?(?<module>[^'’":\s]+)['’"]?(?: \([^)]*\))?: (?:-1 )?(?<reason>.+)|[Ff]ailed to insert (?:module )?['‘"](?<unit>[^'’"]+)['’"]: (?<why>.+)|init_module ['‘"](?<name>[^'’"]+)['’"] failed \((?<cause>[^)]*)\)/,
  },
  /** The refusal, cut off by a filter or a terminal before its second half. */
  'vermagic-cut': { guards: ['version magic'], pattern: /version magic ['‘](?<built>[^\s'’]*)/ },
  'crc-differs': {
    guards: ['disagrees about version', 'no symbol version for'],
    pattern: /(?:(?<module>[\w-]+): )?(?:disagrees about version of symbol|no symbol version for) (?<symbol>\w+)/,
  },
  'unknown-symbol': {
    guards: ['Unknown symbol '],
    pattern: /(?:(?<module>[\w-]+): )?Unknown symbol (?<symbol>\w+)(?: \(err (?<error>-?\d+)\)|$)/,
  },
  'struct-size': { guards: ['this_module section size', 'invalid relocation target'] },
  'btf-refused': { guards: ['failed to validate module'], pattern: /failed to validate module \[(?<module>\S+)\] BTF/ },
  'not-elf': {
    guards: ['.ko', 'ELF header'],
    pattern:
      /\.ko\S*: +(?:HTML|XML|JSON|ASCII|UTF-8|Unicode|empty|Zip|gzip|XZ|bzip2|Zstandard|POSIX tar|cannot open|.*\btext\b)|Invalid ELF header (?:magic|len)|\.ko\S*: [Ff]ile format not recognized/,
  },
  'wrong-architecture': {
    guards: ['architecture', 'ELF header'],
    pattern:
      /not for this architecture|Invalid architecture in ELF|[Ii]nvalid ELF header.*arch|built for (?:another|wrong|different) architecture/,
  },
  'elf-machine': { guards: ['ELF '], pattern: /\.ko\S*: ELF \S+ (?:LSB|MSB) relocatable, (?<machine>[^,]+),/ },
  'duplicate-symbol': {
    guards: ['duplicate symbol'],
    pattern: /(?:(?<module>[\w-]+): )?exports duplicate symbol (?<symbol>\w+)(?: \(owned by (?<owner>\w+)\))?/,
  },
  'vmap-full': {
    guards: ['vmap allocation', 'vmalloc: allocation failure'],
    pattern: /vmap allocation for size \d+ failed|vmalloc: allocation failure/,
  },
  'relocation-unknown': {
    guards: ['relocation'],
    pattern: /Unknown (?:rela |rel )?relocation(?: type)?:? (?<type>\d+)/i,
  },
  'key-missing': {
    guards: ['unavailable key', 'unsigned module is rejected', 'trusted key', 'Loading of'],
    pattern:
      /module with unavailable key|unsigned module is rejected|not signed with a trusted key|Loading of (?:unsigned module|module with)\b.*rejected/,
  },
  'locked-down': { guards: ['ockdown'], pattern: /Lockdown: .*(?:module|restricted)|Kernel is locked down\b.*module/ },
  'no-efi': {
    guards: ['EFI variables', 'efivars'],
    pattern: /EFI variables are not supported|not supported.*EFI variables/,
  },
  selinux: {
    guards: ['avc:'],
    pattern: /avc:\s+denied\s+\{ (?<permission>module_load|integrity|sys_module|module_request|confidentiality) /,
  },
  'modules-disabled': {
    guards: ['modules_disabled'],
    pattern:
      /modules_disabled\s*[=:]\s*1|modules_disabled: .*(?:error|not permitted|denied)|(?:>|cat)\s*\/proc\/sys\/kernel\/modules_disabled/,
  },
  'not-superuser': {
    guards: ['root', 'normal user', 'superuser', 'uid='],
    pattern:
      /must be (?:run as )?(?:root|superuser)|are you root|as (?:the |a )?(?:normal|non-root|unprivileged) user|uid=[1-9]\d*\(|not running as root/i,
  },
  'user-prompt': { guards: ['$ '], pattern: /^[^$#]{0,80}\$ (?:\S*\/)?(?:insmod|modprobe)\b/ },
  'init-failed': {
    guards: [
      'insmod command line',
      'module parameter',
      'init failed',
      'initcall',
      'initialization failed',
      'no such device',
      'failed with error -',
    ],
    pattern:
      /(?:append|specify|pass|set) .*(?:insmod command line|module param)|requires .*module parameter|probe of \S+ failed with error -\d+|\binit(?:ialization)? failed\b/i,
  },
  'sections-moved': { guards: ['modules_install: missing'], pattern: /missing 'System\.map' file\. Skipping depmod/ },
} as const satisfies SignTable;
