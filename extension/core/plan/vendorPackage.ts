import { message, type Message } from '../message';
import { sourceGeneration } from './sourcePlan';

const OLD = /(?:^|[^a-z])old|2\.6\.|el6|centos[-_ ]?6|before/i;
const NEW = /(?:^|[^a-z])new|3\.10|el7|centos[-_ ]?7|after|later/i;

/**
 * Which of the source folders of a vendor's package is for a kernel. Vendors have one for kernels before CentOS 7 (3.10) and one for later
 * ones, and say so in the folders' names. `root` is the package's own folder, whose name says nothing.
 */
export function chooseSource(
  root: string,
  folders: readonly string[],
  release: string,
): { readonly folder: string } | { readonly refused: Message } {
  const [only] = folders;
  if (folders.length === 1 && only !== undefined) return { folder: only };
  const wanted = sourceGeneration(release);
  const fitting = folders.filter((folder) => generationOf(folder.slice(root.length)) === wanted);
  const [chosen] = fitting;
  if (fitting.length === 1 && chosen !== undefined) return { folder: chosen };
  return {
    refused: message('There are several sources in {path}: {folders}. Name the one for {release}.', {
      path: root,
      folders: folders.map((folder) => folder.slice(root.length + 1) || '.').join(', '),
      release,
    }),
  };
}

function generationOf(name: string): 'old' | 'new' | undefined {
  const [isOld, isNew] = [OLD.test(name), NEW.test(name)];
  return isOld === isNew ? undefined : isOld ? 'old' : 'new';
}
