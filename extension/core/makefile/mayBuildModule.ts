/** How far a text is searched, in characters: what makes a Makefile a module's stands near its beginning. */
const SEARCHED = 200_000;

/** Kbuild's lists of objects, and how a Makefile names a kernel's tree. */
const MARKS = /\bobj-(?:[my]\b|\$)|\/lib\/modules\/|\/usr\/src\/|\buname\b|\bKDIR\b|\bKERNEL_?(?:DIR|SRC)\b|\bdkms\b/;

/** Whether a Makefile may be one that builds a kernel module: a quick look, so that other projects are left alone. */
export function mayBuildModule(text: string): boolean {
  return MARKS.test(text.slice(0, SEARCHED));
}
