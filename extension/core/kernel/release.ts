import { findDistributionTag } from './distributionTags';
import { releasePatterns } from './releasePatterns';

/** Who built a kernel, as far as its release tells. `custom` is a kernel of no known distribution; `unknown` is no release at all. */
export type Family =
  | 'rhel'
  | 'fedora'
  | 'uek'
  | 'amazon'
  | 'alinux'
  | 'anolis'
  | 'tencentos'
  | 'opencloudos'
  | 'openeuler'
  | 'kylin'
  | 'ctyunos'
  | 'bclinux'
  | 'euleros'
  | 'elrepo'
  | 'openvz'
  | 'ubuntu'
  | 'ubuntu-mainline'
  | 'debian'
  | 'proxmox'
  | 'raspberrypi'
  | 'suse'
  | 'arch'
  | 'manjaro'
  | 'alpine'
  | 'wsl'
  | 'linuxkit'
  | 'custom'
  | 'unknown';

/** A kernel release (`uname -r`, UTS_RELEASE) taken apart. */
export interface Release {
  /** As it was given. */
  readonly text: string;
  /** The leading numbers: `[6, 1, 0]` of `6.1.0-50-amd64`. Empty when the text is no release. */
  readonly version: readonly number[];
  /** ABI or package number: `50`, `1160.119.1`, `150600.23.25`. */
  readonly build: string | undefined;
  /** Variant of the kernel: `generic`, `cloud-amd64`, `default`, `rt`, `lts`. */
  readonly flavour: string | undefined;
  /** Architecture, when the release names it: `x86_64`, `amd64`. */
  readonly architecture: string | undefined;
  readonly family: Family;
  /** Generation of the distribution: `el7`, `amzn2023`, `oe2203sp4`, `deb12`, `WSL2`. */
  readonly generation: string | undefined;
}

/** What the part of a release after its version numbers tells. */
export type ReleaseParts = Partial<Omit<Release, 'text' | 'version' | 'family'>> & { readonly family: Family };

/** Bytes that Linux has for a release (`__NEW_UTS_LEN`). */
const longestRelease = 64;
/** Whatever is much longer is not taken apart. */
const longestText = 255;

/** Whether a text may stand in a path and an argument as a release: what the kernel and package managers use, and nothing more. */
export function isSafeRelease(text: string): boolean {
  return text.length <= longestRelease && /^\d[A-Za-z0-9._+~-]*$/.test(text);
}

/** Takes a kernel release apart. Any text is allowed; one that does not start with a version is of family `unknown`. */
export function parseRelease(text: string): Release {
  const found = text.length <= longestText ? /^\d{1,6}(?:\.\d{1,9})+/.exec(text) : null;
  if (found === null) return complete(text, [], { family: 'unknown' });
  const version = found[0].split('.').map(Number);
  return complete(text, version, partsOf(text.slice(found[0].length)));
}

/** Whether two releases are of one kernel series (6.1), distribution and variant, and differ in patch level or build alone. */
export function isSameSeries(a: Release, b: Release): boolean {
  return (
    a.family === b.family &&
    a.generation === b.generation &&
    a.flavour === b.flavour &&
    seriesOf(a) === seriesOf(b)
  );
}

/** `6.1` of `6.1.0-50-amd64`; empty for a text that is no release. */
export function seriesOf({ version }: Release): string {
  return version.slice(0, 2).join('.');
}

function partsOf(rest: string): ReleaseParts {
  for (const { pattern, parts } of releasePatterns) {
    const groups = pattern.exec(rest)?.groups;
    if (groups !== undefined) return parts(groups);
  }
  return rpmParts(rest) ?? { family: 'custom', flavour: rest.replace(/^[-.+_~]+/, '') };
}

const rpmShape =
  /^[-.]([^+]*?)(?:\.(x86_64|aarch64|i[3-6]86|ppc64le|ppc64|s390x|loongarch64|riscv64)(?:[+.](\w[\w.-]*))?)?$/;

/** `-BUILD.DISTRIBUTION[.SUFFIX][.ARCHITECTURE[+VARIANT]]`, the shape of every kernel that comes in an RPM. */
function rpmParts(rest: string): ReleaseParts | undefined {
  const [, body = '', architecture, variant] = rpmShape.exec(rest) ?? [];
  const tag = findDistributionTag(body);
  if (tag === undefined) return undefined;
  const words = [/\.rt\d/.test(tag.build) ? 'rt' : undefined, ...nonEmpty(tag.words), variant].filter(
    (word) => word !== undefined,
  );
  return {
    family: tag.family,
    generation: tag.generation,
    build: tag.build,
    architecture,
    flavour: words.join('.'),
  };
}

function nonEmpty(text: string): readonly string[] {
  return text === '' ? [] : [text];
}

function complete(text: string, version: readonly number[], parts: ReleaseParts): Release {
  return {
    text,
    version,
    family: parts.family,
    build: parts.build === '' ? undefined : parts.build,
    flavour: parts.flavour === '' ? undefined : parts.flavour,
    architecture: parts.architecture,
    generation: parts.generation,
  };
}
