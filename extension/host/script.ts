/**
 * What goes to `sh -s -- args…` on its standard input to run a script.
 *
 * A script goes in by standard input, not by `sh -c`, because the same way leads to every host: through ssh, `sh -c` would pass
 * the login shell first, which may be csh or fish, and a script may be longer than one argument can be. The braces make sh
 * read all of it before it runs any of it: a connection that breaks runs nothing by halves, and no command of the script can
 * read the rest of the script.
 */
export function scriptInput(text: string): string {
  return `{\n${text}\n} </dev/null\n`;
}
