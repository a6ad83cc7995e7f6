// What the editor puts into the document when a snippet is taken and each placeholder keeps its default.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/project';

export interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

/** All snippets of a file of `snippets/`, by name. */
export function readSnippets(file: string): Readonly<Record<string, Snippet>> {
  return JSON.parse(readFileSync(join(root, 'snippets', file), 'utf8')) as Record<string, Snippet>;
}

/** The text of a snippet: `${1:default}`, `$1`, `$0` and the escapes `\$`, `\}`, `\\` are all that ours use. */
export function expand({ body }: Snippet): string {
  const defaults = new Map<string, string>();
  const token = /\\([$}\\])|\$\{(\d+):([^}]*)\}|\$(\d+)/g;
  return body.join('\n').replace(token, (_, escaped?: string, number?: string, preset?: string, again?: string) => {
    if (escaped !== undefined) return escaped;
    if (number === undefined) return defaults.get(again ?? '') ?? '';
    defaults.set(number, preset ?? '');
    return preset ?? '';
  });
}

/** The expanded snippet of that name. Throws when the file has none. */
export function expandNamed(file: string, name: string): string {
  const snippet = readSnippets(file)[name];
  if (!snippet) throw new Error(`${file} has no snippet "${name}"`);
  return expand(snippet);
}
