/**
 * Orders two releases (or any texts) the way package managers order versions: runs of digits count as numbers, punctuation only
 * separates, a release candidate (`-rc3`, `~rc3`) comes before its release. A total order; 0 for equal texts only.
 */
export function compareReleases(a: string, b: string): number {
  const left = segmentsOf(a);
  const right = segmentsOf(b);
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const order = compareSegments(left[index], right[index]);
    if (order !== 0) return order;
  }
  return compareText(a, b);
}

/** The order of rpmvercmp(3): `~`, then the end of the text, then letters, then numbers. */
function compareSegments(a: string | undefined, b: string | undefined): number {
  const kind = kindOf(a) - kindOf(b);
  if (kind !== 0) return Math.sign(kind);
  if (a === undefined || b === undefined) return 0;
  return isNumber(a) ? compareNumbers(a, b) : compareText(a, b);
}

function kindOf(segment: string | undefined): number {
  if (segment === '~') return 0;
  if (segment === undefined) return 1;
  return isNumber(segment) ? 3 : 2;
}

/** Compares as text, since a run of digits may be longer than a number holds exactly. */
function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return Math.sign(left.length - right.length) || compareText(left, right);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function segmentsOf(text: string): readonly string[] {
  return text.replace(/-rc(?=\d)/g, '~rc').match(/\d+|[A-Za-z]+|~/g) ?? [];
}

function isNumber(segment: string): boolean {
  return /^\d/.test(segment);
}
