import type { Message } from '../message';

/** Characters of a build's output that are kept for it: its end says why it failed. */
export const OUTPUT_KEPT = 200_000;

/** One part of a support bundle, as it was read: nothing in it is redacted yet. */
export interface Section {
  readonly title: Message;
  readonly text: string;
}

/** Lines of a part: what is listed before the bundle is written. */
export function linesOf({ text }: Section): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

/** The bundle as Markdown, each part in a fence that nothing in it can close. Empty parts say so. */
export function bundleText(
  heading: string,
  sections: readonly { readonly title: string; readonly text: string }[],
): string {
  const parts = sections.map(({ title, text }) => {
    const ticks = [...text.matchAll(/`{3,}/g)].reduce((longest, [run]) => Math.max(longest, run.length), 2);
    const fence = '`'.repeat(ticks + 1);
    return `## ${title}\n\n${fence}text\n${text.replace(/\n?$/, '\n')}${fence}\n`;
  });
  return [`# ${heading}\n`, ...parts].join('\n');
}

/** Splits the output of `host/bundle.sh` into its parts, by their names. Any text is taken. */
export function readParts(output: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  let name: string | undefined;
  for (const line of output.split('\n')) {
    const begins = /^toa-part ([a-z-]+)$/.exec(line)?.[1];
    if (begins !== undefined) {
      name = begins;
      parts.set(name, '');
    } else if (name !== undefined) {
      parts.set(name, `${parts.get(name) ?? ''}${line}\n`);
    }
  }
  return parts;
}
