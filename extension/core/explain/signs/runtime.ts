import type { SignTable } from './sign';

/** What people say and paste when the module is loaded and the application still sees the load balancer. */
export const RUNTIME_SIGNS = {
  'proc-missing': {
    guards: ['/proc/'],
    pattern:
      /(?<path>\/proc\/(?:sys\/)?net\/[\w/.-]+)['’]?: (?:No such file|没有那个文件|Datei oder Verzeichnis nicht|Aucun fichier)/,
  },
  'option-absent': {
    guards: ['option', 'TOA'],
    pattern:
      /\b(?:has|have|had|with|see|is|there) (?:no|not?)\b.{0,30}\boption|option (?:is |was )?(?:not|absent|missing)|without (?:the )?(?:toa|tcp) option/i,
  },
  'option-kind': {
    guards: ['unknown-', 'option', 'opcode'],
    pattern:
      /\bunknown-(?<kind>\d{2,3})\b|(?:option|opcode|kind)s? (?:kind |number |code )?(?:is |=|:)? ?(?<number>25[0-4]|2[0-4]\d)\b/i,
  },
  'rare-share': {
    guards: [' in ', '%', 'few', 'small'],
    pattern: /\b(?:about|around|~) ?1 (?:in|of|out of) \d{2,}|\b0\.\d+ ?%/,
  },
  'second-nat': { guards: ['NodePort', 'kube-proxy', 'docker-proxy', 'externalTrafficPolicy', 'userland-proxy'] },
  'dual-socket': { guards: ['LISTEN', '::ffff:'], pattern: /LISTEN.*(?:\*|\[::\]|:::):?\d+|::ffff:\d+\./ },
  'user-space-stack': { guards: ['f-stack', 'F-Stack', 'DPDK application', 'Seastar', 'VPP'] },
  nat64: { guards: ['NAT64', 'nat64'] },
  'other-listener': {
    guards: ['Layer 7', 'layer 7', 'Layer 4', 'L7', 'Anti-DDoS', 'UDP listener', 'HTTP listener', 'WAF'],
  },
} as const satisfies SignTable;
