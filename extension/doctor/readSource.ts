import { HostFileError, type Host } from '../host/host';
import { message, type Message } from '../core/message';
import { parseMakefile } from '../core/makefile/parse';
import type { Makefile } from '../core/makefile/syntax';
import { sourceDirectory, type SourceDirectory } from './findSources';

/** Larger than any Makefile that people write; beyond it the file is generated or no Makefile. */
const MAKEFILE_LIMIT = 16 * 1024 * 1024;

/** The files of a source directory, read and taken apart. */
export interface Source {
  readonly directory: string;
  readonly files: SourceDirectory;
  readonly makefile: Makefile | undefined;
  readonly kbuild: Makefile | undefined;
}

/** Where the files are read. */
type FileHost = Pick<Host, 'readFile' | 'readDirectory'>;

/** A source that cannot be used, in one line. */
export interface SourceProblem {
  readonly refused: Message;
}

/** Reads the Makefile and Kbuild file of a directory. */
export async function readSource(host: FileHost, directory: string): Promise<Source | SourceProblem> {
  try {
    const files = await sourceDirectory(host, directory);
    if (files === undefined) {
      return {
        refused: message(
          '{directory} has no Makefile and no Kbuild file: choose the folder with the module’s source.',
          { directory },
        ),
      };
    }
    const makefile = await read(host, files.makefile);
    const kbuild = files.kbuild === files.makefile ? makefile : await read(host, files.kbuild);
    return { directory, files, makefile, kbuild };
  } catch (error) {
    if (error instanceof HostFileError) return { refused: fileProblem(error) };
    throw error;
  }
}

async function read(host: FileHost, path: string | undefined): Promise<Makefile | undefined> {
  if (path === undefined) return undefined;
  return parseMakefile(new TextDecoder().decode(await host.readFile(path, MAKEFILE_LIMIT)));
}

/** What a file error means for the user who opened a directory. */
function fileProblem({ problem, path, why: detail }: HostFileError): Message {
  switch (problem) {
    case 'not-found':
      return message('{path} does not exist.', { path });
    case 'not-permitted':
      return message('{path} cannot be read: permission denied. Give the user who builds the right to read it.', {
        path,
      });
    case 'too-large':
      return message('{path} is too large to be a Makefile.', { path });
    default:
      return message('{path} cannot be read: {detail}', { path, detail });
  }
}
