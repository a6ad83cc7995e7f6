import { parseMakefile } from '../makefile/parse';
import { renameFlags, replacePwd, replaceSubdirs, tabsForSpaces } from '../makefile/repairs';
import { message, type Message } from '../message';
import type { TextEdit } from '../text';
import { readC, type CSource } from './c';
import { accessOk, classCreate, getname } from './calls';
import type { Needed } from './guard';
import { DECLARED_IN, MOVED_HEADERS, includeHeader, moveHeader } from './headers';
import { declareLicense } from './license';
import { procOps } from './procOps';
import { RENAMES, rename } from './renames';

/** A change of a source that can be made by machine. Its edits are for the text it was made from. */
export interface Repair {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
}

/** What is wrong, as far as a repair needs to know. */
export interface Fault {
  /** The key of the cause. */
  readonly cause: string;
  /** The name or header the message is about. */
  readonly name: string | undefined;
  /** Where the tool stopped, counted from 1. */
  readonly line: number | undefined;
  /** The release that was built for, if it is known. */
  readonly release: string | undefined;
}

/** Characters beyond which a source was not written by people. */
const LONGEST_SOURCE = 1_000_000;

/** The repair of a C source; `undefined` when the change is not a mechanical one here. */
export function repairC(text: string, fault: Fault): Repair | undefined {
  if (text.length > LONGEST_SOURCE) return undefined;
  const source = readC(text);
  const found = BY_CAUSE[fault.cause]?.(source, fault) ?? byName(source, fault);
  return found === undefined || found.edits.length === 0 ? undefined : found;
}

/** The repair of a Makefile; `undefined` when the change is not a mechanical one here. */
export function repairMakefile(text: string, { cause, line }: Fault): Repair | undefined {
  const makefile = parseMakefile(text);
  const repair = ((): Repair | undefined => {
    switch (cause) {
      case 'makefile_extra_cflags_removed':
        return {
          title: message('Write ccflags-y for EXTRA_CFLAGS, which Linux 6.15 removed'),
          edits: renameFlags(makefile),
        };
      case 'makefile_subdirs_removed':
        return { title: message('Write M= for SUBDIRS=, which Linux 5.3 removed'), edits: replaceSubdirs(makefile) };
      case 'makefile_pwd_empty_sudo':
        return { title: message('Write $(CURDIR) for $(PWD), which sudo drops'), edits: replacePwd(makefile) };
      case 'makefile_missing_separator':
        return line === undefined
          ? undefined
          : { title: message('Begin the recipe with a tab'), edits: tabsForSpaces(makefile, line) };
      default:
        return undefined;
    }
  })();
  return repair === undefined || repair.edits.length === 0 ? undefined : repair;
}

type RepairC = (source: CSource, fault: Fault) => Repair | undefined;

const needed = (since: Needed['since'], { release }: Fault): Needed => ({ since, release });

const BY_CAUSE: Readonly<Partial<Record<string, RepairC>>> = {
  api_class_create: (source, fault) => ({
    title: message('Call class_create with the name alone from Linux 6.4 on'),
    edits: classCreate(source, needed([6, 4], fault)),
  }),
  api_inet_getname: (source, fault) => ({
    title: message('Leave out the length argument of getname from Linux 4.17 on'),
    edits: getname(source, needed([4, 17], fault)),
  }),
  api_proc_ops: (source, fault) => ({
    title: message('Use struct proc_ops from Linux 5.6 on'),
    edits: procOps(source, needed([5, 6], fault)),
  }),
  api_nf_sockopt_header: (source) => ({
    title: message('Include {header}', { header: 'linux/netfilter.h' }),
    edits: includeHeader(source, 'linux/netfilter.h'),
  }),
  module_license_missing: (source) => {
    const found = declareLicense(source);
    if (found === undefined) return undefined;
    const values = { license: found.license };
    return {
      title: found.isStated
        ? message('Declare its license: MODULE_LICENSE("{license}")', values)
        : message('Declare MODULE_LICENSE("{license}"), if that is the license you give it', values),
      edits: found.edits,
    };
  },
};

/** Names that moved: to another name, another header, or another list of arguments. */
function byName(source: CSource, fault: Fault): Repair | undefined {
  const { name } = fault;
  if (name === undefined || !API_CAUSES.includes(fault.cause)) return undefined;
  const change = RENAMES.find(({ from }) => from === name);
  if (change !== undefined) {
    const edits = rename(source, change, needed(change.since, fault));
    return { title: replaceTitle(change.from, change.to, change.since), edits };
  }
  const moved = MOVED_HEADERS.find(([from]) => from === name);
  if (moved !== undefined) {
    const [from, to, since] = moved;
    return { title: replaceTitle(from, to, since), edits: moveHeader(source, from, to, needed(since, fault)) };
  }
  if (name === 'access_ok' && fault.cause !== 'api_function_removed') {
    const title = message('Leave out the first argument of access_ok from Linux 5.0 on');
    return { title, edits: accessOk(source, needed([5, 0], fault)) };
  }
  const header = DECLARED_IN.find(([names]) => names.split(' ').includes(name))?.[1];
  if (header === undefined) return undefined;
  return { title: message('Include {header}', { header }), edits: includeHeader(source, header) };
}

const API_CAUSES: readonly string[] = ['api_function_removed', 'api_other_signature', 'api_distro_backport'];

const replaceTitle = (from: string, to: string, [major, minor]: Needed['since']): Message =>
  message('Write {to} for {from}, which Linux {since} removed', { from, to, since: `${major}.${minor}` });
