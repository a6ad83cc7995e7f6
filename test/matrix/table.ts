// The table of kernels in kernel/README.md, between two comments.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../tools/project';
import type { DebianKernel } from '../vm/debianPackages';

/** A kernel that the module was built for without a warning. */
export interface Built extends DebianKernel {
  /** The release whose compiler built it. */
  readonly debian: string;
  readonly vermagic: string;
  /** sparse has looked at it too. */
  readonly sparse: boolean;
}

const BEGIN = '<!-- matrix: written by `npm test -- matrix` -->';
const END = '<!-- /matrix -->';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** README.md with the table in it anew. Throws when the comments that enclose it are gone. */
function withTable(readme: string, built: readonly Built[]): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`kernel/README.md lacks ${BEGIN} … ${END}`);
  const rows = built.map(({ release, packageVersion, debian, sparse }) =>
    row(release, packageVersion, debian, sparse ? 'gcc, sparse' : 'gcc'),
  );
  const table = [row('Kernel', 'Package', 'Built on', 'Clean with'), row('---', '---', '---', '---'), ...rows];
  return `${before}${BEGIN}\n\n${table.join('\n')}\n\n${END}${after}`;
}

/** Writes the table into kernel/README.md, whose text is `readme`. */
export const writeTable = (readme: string, built: readonly Built[]): Promise<void> =>
  writeFile(join(root, 'kernel/README.md'), withTable(readme, built));
