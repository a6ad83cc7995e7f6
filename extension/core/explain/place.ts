/** A place in a file that a line of output names, as it is written there: the path may be relative. Line and column count from 1. */
export interface FilePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number | undefined;
}

/** `toa.c:12:5: error`, `Makefile:7: ***`, `In file included from /root/toa/toa.c:3:`. */
const PLACE =
  /(?:^|\s|['"‘“(])((?:\/|\.{0,2}\/)?[\w@%+,.~/-]{1,400}?\.(?:c|h|S|mk)|(?:[\w@%+,.~/-]{0,400}\/)?(?:[Mm]akefile|GNUmakefile|Kbuild)):(\d{1,7})(?::(\d{1,5}))?(?=[:,;\s]|$)/;

/** The first place that a line names; `undefined` when it names none. */
export function placeIn(text: string): FilePlace | undefined {
  const match = PLACE.exec(text.slice(0, 2000));
  const [, path, line, column] = match ?? [];
  if (path === undefined || line === undefined) return undefined;
  return { path, line: Number(line), column: column === undefined ? undefined : Number(column) };
}

/** A path of the output as an absolute one: make and gcc write it as it is seen from the directory they work in. */
export function absolutePath(path: string, directory: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
