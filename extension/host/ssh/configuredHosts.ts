import { readFile, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { isMatch } from '../../core/fleet/hostPattern';
import { parseSshConfig } from '../../core/remote/sshConfig';

const DEPTH = 16; // as ssh's own

/** The names of hosts in the user's ssh configuration and what it includes, in their order. Files that cannot be read have none. */
export async function configuredHosts(configFile: string | undefined): Promise<readonly string[]> {
  const first = configFile ?? join(homedir(), '.ssh/config');
  return [...new Set(await hostsIn(first, DEPTH))];
}

async function hostsIn(path: string, depth: number): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const { hosts, includes } = parseSshConfig(text);
  if (depth === 0) return hosts;
  const files = await Promise.all(includes.map(matching));
  const included = await Promise.all(files.flat().map((file) => hostsIn(file, depth - 1)));
  return [...hosts, ...included.flat()];
}

/** The files that an `Include` names; `*` and `?` may stand in the last part. Relative ones lie in ~/.ssh. */
async function matching(pattern: string): Promise<readonly string[]> {
  const home = pattern.replace(/^~(?=\/)/, homedir());
  const path = isAbsolute(home) ? home : join(homedir(), '.ssh', home);
  if (!/[*?]/.test(basename(path))) return [path];
  const names = await readdir(dirname(path)).catch(() => []);
  return names.filter((name) => isMatch(name, basename(path))).map((name) => join(dirname(path), name));
}
