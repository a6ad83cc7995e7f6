const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * An argument list as a person would type it in a POSIX shell, each argument quoted where needed. For showing and copying only: nothing
 * of ours runs such a text.
 */
export function shellText(argv: readonly string[]): string {
  return argv.map((argument) => (PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`)).join(' ');
}
