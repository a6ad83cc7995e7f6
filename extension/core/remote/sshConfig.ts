/** What a file of ssh's configuration says about which hosts there are. What holds for a host only `ssh -G` knows. */
export interface SshConfigFile {
  /** Names without wildcards, as they stand after `Host`. */
  readonly hosts: readonly string[];
  /** Paths and patterns after `Include`, as they are written. */
  readonly includes: readonly string[];
}

/** Reads ssh_config(5): a keyword, then words that may be quoted, after blanks or one `=`. */
export function parseSshConfig(text: string): SshConfigFile {
  const hosts: string[] = [];
  const includes: string[] = [];
  for (const line of text.split('\n')) {
    const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? [];
    const words = wordsOf(rest);
    if (keyword.toLowerCase() === 'host') hosts.push(...words.filter((word) => !/[*?!]/.test(word)));
    if (keyword.toLowerCase() === 'include') includes.push(...words);
  }
  return { hosts: [...new Set(hosts)], includes };
}

function wordsOf(text: string): readonly string[] {
  const words = [...text.trim().matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const comment = words.findIndex((word) => word.startsWith('#'));
  return comment < 0 ? words : words.slice(0, comment);
}
