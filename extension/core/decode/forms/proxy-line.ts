import { PROXY_LINE } from '../payload/proxy';
import type { Fragment } from './fragment';
import { linesOf } from './fragment';
import { printedProxy } from './tcpdump-text';

/** A PROXY protocol header of version 1 as a line of text. */
export function readProxyLine(text: string): readonly Fragment[] | undefined {
  const fragments: Fragment[] = [];
  for (const line of linesOf(text)) {
    const match = PROXY_LINE.exec(line.text);
    if (match !== null) fragments.push(...printedProxy(match, fragments.length + 1, line.start + match.index));
  }
  return fragments.length > 0 ? fragments : undefined;
}
