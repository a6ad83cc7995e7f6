/** The scheme of files on another host: `toa-ssh://HOST/path`. */
export const SCHEME = 'toa-ssh';

/**
 * A host's name as the authority of a URI. VS Code makes authorities lower case, and ssh tells `Web` from `web`: what is not a lower-case
 * letter, a digit, `.` or `-` is written as `~` and two hex digits for each byte of UTF-8.
 */
export function authorityOf(host: string): string {
  const escaped = (character: string): string =>
    [...new TextEncoder().encode(character)].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join('');
  return host.replace(/[^a-z0-9.-]/gu, escaped);
}

/** The host of an authority, or `undefined` when it is none of ours. */
export function hostOf(authority: string): string | undefined {
  if (!/^([a-z0-9.-]|~[0-9a-f]{2})+$/.test(authority)) return undefined;
  const bytes = authority.replaceAll('~', '%');
  try {
    return decodeURIComponent(bytes);
  } catch {
    return undefined;
  }
}
