import { message, type Message } from '../message';

/** The kernel that a Makefile is to build for. */
export interface Target {
  readonly release: string;
  /** The tree to build with, absolute. */
  readonly treePath: string;
  /** `/lib/modules/<release>/build` leads to that tree. */
  readonly viaBuildLink: boolean;
}

/** Names that neither make nor a shell gives a meaning to; the kernel limits a release to 64 bytes. */
const PLAIN_RELEASE = /^[A-Za-z0-9][\w.+~-]{0,127}$/;
const PLAIN_PATH = /^(?:\/[\w.+@-][\w.+@~-]*)+\/*$/;
const LONGEST_PATH = 4096;

/** Why a target cannot be written into a Makefile; `undefined` when it can. Values are refused, never escaped. */
export function refusal({ release, treePath }: Target): Message | undefined {
  if (!isPlainRelease(release)) {
    return message('The kernel release {release} has characters that make or the shell would interpret.', { release });
  }
  if (!isPlainPath(treePath)) {
    return message('The directory {path} cannot be written into a Makefile: its name is not plain.', {
      path: treePath,
    });
  }
  return undefined;
}

function isPlainRelease(release: string): boolean {
  return PLAIN_RELEASE.test(release) && !release.includes('..');
}

function isPlainPath(path: string): boolean {
  return path.length <= LONGEST_PATH && PLAIN_PATH.test(path);
}

/** The directory that make is to enter for a target. */
export function directoryFor({ release, treePath, viaBuildLink }: Target): string {
  return viaBuildLink ? `/lib/modules/${release}/build` : withoutEndSlash(treePath);
}

/** Does a path lead to the tree of the target? */
export function reaches(path: string, target: Target): boolean {
  const plain = withoutEndSlash(path).replace(/^\/usr\/lib\//, '/lib/');
  return plain === directoryFor(target) || withoutEndSlash(path) === withoutEndSlash(target.treePath);
}

function withoutEndSlash(path: string): string {
  let end = path.length;
  while (end > 1 && path.charAt(end - 1) === '/') end--;
  return path.slice(0, end);
}
