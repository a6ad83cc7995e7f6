import type { Family } from './release';

interface DistributionTag {
  readonly family: Family;
  readonly generation: string;
  /** What stands before the tag, without words: `1160.119.1`. */
  readonly build: string;
  /** Words around the tag that name a variant: `toa`, `centos.plus`, `bbrplus`. */
  readonly words: string;
}

/**
 * Tags in the release part of kernel RPMs, the most telling first: rebuilders keep the tag of their base
 * (`.el7.elrepo`, `.oe1.bclinux`). Source: `uname -r` outputs in bug reports; where none was at hand, from memory.
 */
const tags: readonly (readonly [RegExp, Family])[] = [
  [/^(el\d+).*\.elrepo$/, 'elrepo'],
  [/^(el\d+)uek/, 'uek'],
  [/^(\w+).*\bbclinux\b/, 'bclinux'],
  [/^(bclinux)\b/, 'bclinux'],
  [/^(amzn\d+)/, 'amazon'],
  [/^(al(?:nx)?\d+)\b/, 'alinux'],
  [/^(an\d+)\b/, 'anolis'],
  [/^(tl\d+)\b/, 'tencentos'],
  [/^(oc\d+)\b/, 'opencloudos'],
  [/^(ctl\d+)\b/, 'ctyunos'],
  [/^(ky\d+)/, 'kylin'],
  [/^(eulerosv\d+r\d+)/, 'euleros'],
  [/^(hce\d+)/, 'euleros'],
  [/^(oe\d+(?:sp\d+)?)/, 'openeuler'],
  [/^(fc\d+)\b/, 'fedora'],
  [/^(vz\d+)/, 'openvz'],
  [/^(el\d+)/, 'rhel'],
];

/** Finds the distribution's tag in the release part of a kernel RPM (`1160.119.1.el7`), and what stands around it. */
export function findDistributionTag(text: string): DistributionTag | undefined {
  const words = text.split('.');
  for (const [index, start] of words.entries()) {
    if (!/^[a-z]/.test(start)) continue;
    const tail = words.slice(index).join('.');
    for (const [pattern, family] of tags) {
      const generation = pattern.exec(tail)?.[1];
      if (generation === undefined) continue;
      return { family, generation, ...surroundings(words.slice(0, index), words.slice(index + 1)) };
    }
  }
  return undefined;
}

/** Real-time patches (`rt56`), service packs of Kylin (`v2101`) and builds of EulerOS (`h579`, `r509_2`) count as build numbers. */
function surroundings(before: readonly string[], after: readonly string[]) {
  const isNumber = (word: string) => /^(?:rt|v|h|r)?\d/.test(word);
  const known = new Set(['elrepo', 'bclinux']);
  return {
    build: before.filter(isNumber).join('.'),
    words: [...before, ...after].filter((word) => !isNumber(word) && !known.has(word)).join('.'),
  };
}
