// The lines of an output that prove a finding, with a little around them.
import type { Finding } from '../../../extension/core/explain/finding';

/** Lines. */
const AROUND = 1;
const MOST = 14;
/** Characters. */
const WIDEST = 160;

/** The lines that prove it and their neighbours; `…` where lines are left out. */
export function excerptOf(output: string, { evidence }: Finding): readonly string[] {
  const lines = output.trimEnd().split(/\r?\n/);
  const proof = evidence.filter(({ source, line }) => source === 'output' && line > 0).map(({ line }) => line - 1);
  const kept = lines.flatMap((_, at) => (proof.some((one) => Math.abs(one - at) <= AROUND) ? [at] : [])).slice(0, MOST);
  return kept.flatMap((at, index) => {
    const before = kept[index - 1];
    const gap = before !== undefined && at > before + 1 ? ['…'] : [];
    return [...gap, shortened(lines[at] ?? '')];
  });
}

const shortened = (line: string): string => {
  const text = line.trimEnd();
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
};
