import { readdir, readFile } from 'node:fs/promises';

/** Ids of the living processes whose environment holds `mark`: children inherit it, whatever they make of their arguments. */
export async function processesMarked(mark: string): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const marked = await Promise.all(
    ids.map(async (id) => ((await environmentOf(id)).includes(mark) ? [Number(id)] : [])),
  );
  return marked.flat();
}

/** Empty for a process that has ended, a zombie included. */
async function environmentOf(id: string): Promise<string> {
  return readFile(`/proc/${id}/environ`, 'latin1').catch(() => '');
}
