import { message } from '../message';
import { repairC, repairMakefile, type Fault } from '../source/repair';
import type { EditRemedy, Finding } from './finding';
import { absolutePath, placeIn } from './place';

/** The directory of a module's source and the files in it that make and kbuild read. Absolute paths. */
export interface SourceFiles {
  readonly directory: string;
  readonly makefiles: readonly string[];
}

/** The files that a finding may ask to change. Only those of the module's own source: never a header of the kernel. */
export function filesToRepair({ cause, evidence }: Finding, { directory, makefiles }: SourceFiles): readonly string[] {
  if (cause.startsWith('makefile_')) return makefiles;
  const named = evidence.flatMap(({ text }) => placeIn(text)?.path ?? sourceOfObject(text) ?? []);
  const paths = named.map((path) => absolutePath(path, directory));
  const own = paths.find((path) => path.startsWith(`${directory}/`) && /\.[ch]$/.test(path));
  return own === undefined ? [] : [own];
}

/** modpost names objects: `missing MODULE_LICENSE() in /root/toa/toa.o`. */
function sourceOfObject(text: string): string | undefined {
  const object = /MODULE_LICENSE\(\) in (\S+)\.k?o\b/.exec(text.slice(0, 2000))?.[1];
  return object === undefined ? undefined : `${object}.c`;
}

/** The edit that repairs a file of a finding; `undefined` when there is none that a machine can make. `release`: what was built for. */
export function repairFile(
  finding: Finding,
  file: { readonly path: string; readonly text: string },
  release: string | undefined,
): EditRemedy | undefined {
  const fault = faultOf(finding, release);
  const repair = /\.[ch]$/.test(file.path) ? repairC(file.text, fault) : repairMakefile(file.text, fault);
  return (
    repair && {
      kind: 'edit',
      title: repair.title,
      undo: message('To undo: take the edit back in the editor'),
      file: file.path,
      edits: repair.edits,
    }
  );
}

function faultOf({ cause, evidence, title }: Finding, release: string | undefined): Fault {
  const name = title.values['name'];
  const place = evidence[0] && placeIn(evidence[0].text);
  return { cause, name: typeof name === 'string' ? name : undefined, line: place?.line, release };
}
