import type { SignTable } from './sign';

/** What depmod, dkms, modprobe's index and a faulting kernel say, and notes that mean nothing bad. */
export const INSTALL_SIGNS = {
  'module-not-found': {
    guards: ['not found', 'modules.dep', "can't change directory", 'Failed to find module'],
    // module-init-tools of CentOS 6 does not say its name.
    pattern:
      /(?:(?:modprobe|insmod): (?:FATAL: |ERROR: )?|FATAL: )[Mm]odule (?<module>\S+) not found(?: in (?:directory )?(?<directory>\S+))?|systemd-modules-load.*Failed to find module ['‘](?<wanted>[^'’]+)|modprobe: .*Could not (?:load|open) \S*(?<index>\/lib\/modules\/[^\s/]+)\/modules\.dep/,
  },
  'no-modules-folder': {
    guards: ["can't change directory"],
    pattern:
      /can't change directory to ['‘]\/?(?:lib\/modules)?['’]|can't change directory to ['‘](?:\/lib\/modules|\d)/,
  },
  'depmod-folder': {
    guards: ['could not open directory', "can't open directory"],
    pattern: /depmod: .*directory (?<path>\S+?):/,
  },
  'depmod-file': { guards: ['depmod '], pattern: /(?:^|[\s#$/])depmod (?:-a )?(?:[^\s-]\S*\/)?(?<file>[\w.-]+\.ko)\b/ },
  'dkms-source': { guards: ['find module source directory'] },
  'dkms-conf': { guards: ['dkms.conf'], pattern: /Could not locate dkms\.conf|dkms\.conf does not exist/ },
  'dkms-added': {
    guards: ['already contains', 'already added'],
    pattern: /DKMS tree already contains:? ?(?<module>\S*)|module .* already added/,
  },
  'dkms-same': {
    guards: ['already found in kernel', 'override by specifying --force'],
    pattern: /already found in (?:this )?kernel|override by specifying --force/,
  },
  'dkms-status': {
    guards: [': installed'],
    pattern: /^(?<module>[^\s,/]+)(?:, |\/)\S+, (?<release>\d\S+), \w+: installed/,
  },
  'btf-skipped': { guards: ['Skipping BTF generation'] },
  'sign-skipped': {
    guards: ['SSL error', 'sign-file:', 'signing_key'],
    pattern: /^- SSL error:|sign-file: \S+|signing_key\.\w+: No such file|SSL error:.*signing_key/,
  },
  tainted: { guards: ['taints kernel', 'tainting kernel'] },
  'cr0-pinned': { guards: ['CR0 WP bit'] },
  'missing-endbr': { guards: ['Missing ENDBR', 'missing ENDBR'], pattern: /[Mm]issing ENDBR:? ?(?<function>\w*)/ },
  'loader-fault': {
    guards: ['egmentation fault'],
    pattern: /egmentation fault.*(?:insmod|modprobe)|(?:insmod|modprobe).*egmentation fault/,
  },
  'lookup-by-probe': { guards: ['kallsyms_lookup_name+'] },
  'write-fault': {
    guards: ['Oops: ', 'permissions violation', 'supervisor write access', 'ptwrite'],
    pattern: /Oops: 0003|error_code\(0x0003\)|permissions violation/,
  },
  'kernel-fault': {
    guards: [
      'unable to handle',
      'Kernel panic',
      'general protection fault',
      'kernel BUG at',
      'NULL pointer dereference',
      'soft lockup',
      'stack segment',
    ],
    pattern: /unable to handle|Kernel panic - not syncing|general protection fault|kernel BUG at|soft lockup/,
  },
  'fault-place': {
    guards: ['RIP', 'IP:', 'pc :'],
    pattern: /(?:RIP|IP|pc)\s*:.*?(?<function>\w+)\+0x[\da-f]+\/0x[\da-f]+ \[(?<module>\w+)\]/,
  },
  'needs-reboot-load': {
    guards: ['boot'],
    pattern:
      /\b(?:module|driver|\.ko)\b.*\b(?:not|never|n't|isn't|fails?)\b.*\b(?:load|present|persist)\w*\b.*\bboot|\b(?:re)?boot\b.*\b(?:module|driver|\.ko)\b.*(?:\bnot|\bnever|n['’]t)\b.*(?:load|present)|(?:not|n['’]t)\b.*\bload\w* .*\bmodule\b.*\bboot/i,
  },
  'after-kernel-update': {
    guards: ['kernel', 'Kernel'],
    pattern:
      /(?:updat|upgrad)\w* (?:the |my )?kernel\b.*(?:stopp?ed|no longer|not|again|gone|lost|re-?install)|kernel (?:was |got )?(?:updat|upgrad)\w*.*(?:stopp?ed|no longer|gone|lost|again|re-?install)/i,
  },
} as const satisfies SignTable;
