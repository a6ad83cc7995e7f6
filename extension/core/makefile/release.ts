/** Something shaped like a kernel release: `6.1.0-44-amd64`, `3.10.0-957.el7.x86_64`, `5.4.59-bone17`, `6.8.0+`. */
const RELEASE = /^\d+\.\d+[\w.+~-]*$/;
export const LONGEST_RELEASE = 100;

/** What stands before a release in the paths of distributions. */
export const RELEASE_PREFIXES = [
  '/lib/modules/',
  '/usr/src/linux-headers-',
  '/usr/src/kernels/',
  '/usr/src/linux-',
] as const;

/** Is all of the text shaped like a kernel release? */
export function isReleaseShaped(text: string): boolean {
  return text.length <= LONGEST_RELEASE && RELEASE.test(text);
}

/** The release named by the path of a kernel tree, where the path names one. */
export function releaseOfPath(path: string): string | undefined {
  if (path.length > 4096) return undefined;
  const modules = /^(?:\/usr)?\/lib\/modules\/([^/]+)(?:\/|$)/.exec(path)?.[1];
  const name = modules ?? /\/(?:linux-headers-|kernels\/|linux-)([^/]+)\/*$/.exec(path)?.[1];
  return name !== undefined && (modules !== undefined || isReleaseShaped(name)) ? name : undefined;
}

/** `uname -r` and nothing else, as a command. */
export function isUnameCommand(command: string): boolean {
  return command.length < 100 && /^\s*(?:\/(?:usr\/)?bin\/)?uname\s+(?:-r|--kernel-release)\s*$/.test(command);
}

/** `pwd` and nothing else, as a command. */
export function isPwdCommand(command: string): boolean {
  return command.length < 100 && /^\s*(?:\/(?:usr\/)?bin\/)?pwd(?:\s+-[LP])?\s*$/.test(command);
}
