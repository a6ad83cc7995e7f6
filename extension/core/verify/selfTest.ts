/** What `kernel/selftest` says of one way to listen. */
export interface SelfTest {
  readonly family: 'ipv4' | 'dual-stack' | 'ipv6';
  readonly result: 'right' | 'wrong' | 'not-run';
  /** The line, as proof. */
  readonly line: string;
}

/** Reads its output: `family=ipv4 result=right accept=… getpeername=…` in each line. */
export function readSelfTest(text: string): readonly SelfTest[] {
  return text.split('\n').flatMap((line) => {
    const [, family, result] = /^family=(ipv4|dual-stack|ipv6) result=(right|wrong|not-run)\b/.exec(line) ?? [];
    return isFamily(family) && isResult(result) ? [{ family, result, line: line.slice(0, 300) }] : [];
  });
}

function isFamily(text: string | undefined): text is SelfTest['family'] {
  return text === 'ipv4' || text === 'dual-stack' || text === 'ipv6';
}

function isResult(text: string | undefined): text is SelfTest['result'] {
  return text === 'right' || text === 'wrong' || text === 'not-run';
}
