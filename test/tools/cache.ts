// What the tests download is kept outside the checkout, so that a fresh clone or a clean checkout does not download it again.
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const DAY = 24 * 60 * 60 * 1000;

/** `$TOA_DOCTOR_CACHE`, else `$XDG_CACHE_HOME/toa-doctor`, else `~/.cache/toa-doctor`. It may not exist yet. */
export function cacheDirectory(): string {
  const { TOA_DOCTOR_CACHE: own, XDG_CACHE_HOME: shared } = process.env;
  return own || join(shared || join(homedir(), '.cache'), 'toa-doctor');
}

/**
 * The cached directory `name`; `fill` makes its content when it is not there. It is filled under another name and then
 * renamed, so that what has the name is complete. Of two processes that fill it at once, the first to end wins.
 * Rejects as `fill` does, and leaves nothing then.
 */
export async function cached(name: string, fill: (directory: string) => Promise<void>): Promise<string> {
  const wanted = join(cacheDirectory(), name);
  if (existsSync(wanted)) return wanted;
  await mkdir(cacheDirectory(), { recursive: true });
  await removeAbandoned();
  const partial = await mkdtemp(join(cacheDirectory(), `partial-${name}-`));
  // One deeper: unpacking gives this directory the age of what is unpacked, and the outer one is to keep its own.
  const content = join(partial, 'content');
  try {
    await mkdir(content);
    await fill(content);
    await rename(content, wanted);
  } catch (error) {
    if (!existsSync(wanted)) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return wanted;
}

/** What an interrupted run left; a day old, so that nobody is still filling it. By ctime: unpacking a package sets the other times. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(cacheDirectory())) {
    const path = join(cacheDirectory(), name);
    const abandoned = name.startsWith('partial-') && Date.now() - (await stat(path)).ctimeMs > DAY;
    if (abandoned) await rm(path, { recursive: true, force: true });
  }
}
