const PLAIN = /^[\w@%+=:,./-]+$/;

/** An argument list as a person would type it in a POSIX shell, each argument quoted where needed: for showing and copying. */
export function shellText(argv: readonly string[]): string {
  return argv.map((argument) => (PLAIN.test(argument) ? argument : quoteForShell(argument))).join(' ');
}

/**
 * One word as sh reads it back unchanged, whatever is in it. The only quoting in the house: what is sent to a shell on another host is
 * made of fixed text and of words from here. A word of sh cannot hold a NUL character; the caller refuses those.
 */
export function quoteForShell(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
