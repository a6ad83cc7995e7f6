import type { Span, TextEdit } from '../text';
import { findCalls, findName, type CSource } from './c';
import { guarded, newerKernel, type Needed, type Place } from './guard';

/** The members of struct file_operations that struct proc_ops has under another name. */
const MEMBERS: Readonly<Record<string, string>> = {
  open: 'proc_open',
  read: 'proc_read',
  read_iter: 'proc_read_iter',
  write: 'proc_write',
  llseek: 'proc_lseek',
  release: 'proc_release',
  poll: 'proc_poll',
  unlocked_ioctl: 'proc_ioctl',
  compat_ioctl: 'proc_compat_ioctl',
  mmap: 'proc_mmap',
  get_unmapped_area: 'proc_get_unmapped_area',
};

/** From `file_operations` to the brace that closes the initialiser. */
interface Operations extends Span {
  readonly name: string;
  /** `file_operations`. */
  readonly type: Span;
  readonly members: readonly Member[];
}

/** `.name = value,` with the blanks and line ending behind it. */
interface Member extends Span {
  readonly name: string;
  readonly nameSpan: Span;
}

/**
 * Turns the file operations that are handed to proc_create into struct proc_ops, for kernels that have it. No edits when the same
 * operations serve another file too, or have a member that proc_ops has not.
 */
export function procOps(source: CSource, needed: Needed): readonly TextEdit[] {
  const places = operationsIn(source)
    .filter(({ name }) => isForProcAlone(source, name))
    .map((operations) => converted(source, operations));
  const known = places.filter((place) => place !== undefined);
  return known.length < places.length ? [] : guarded(source, known, newerKernel(needed));
}

/** More than any module has. */
const MOST_OPERATIONS = 50;

function operationsIn({ code }: CSource): readonly Operations[] {
  const pattern = /\bstruct\s+(file_operations)\s+(\w+)\s*=\s*\{([^{}]*)\}/g;
  return [...code.matchAll(pattern)]
    .slice(0, MOST_OPERATIONS)
    .map(({ 0: whole, 2: name = '', 3: body = '', index }) => {
      const start = index + whole.indexOf('file_operations');
      const inside = index + whole.length - 1 - body.length;
      const type = { start, end: start + 'file_operations'.length };
      return { name, type, members: membersIn(body, inside), start, end: index + whole.length };
    });
}

function membersIn(body: string, offset: number): readonly Member[] {
  return [...body.matchAll(/\.\s*(\w+)\s*=[^,]*(?:,[ \t]*(?:\r?\n)?|$)/g)].map(({ 0: whole, 1: name = '', index }) => {
    const nameStart = offset + index + whole.indexOf(name);
    return {
      name,
      nameSpan: { start: nameStart, end: nameStart + name.length },
      start: offset + index,
      end: offset + index + whole.length,
    };
  });
}

function isForProcAlone(source: CSource, name: string): boolean {
  const lists = ['proc_create', 'proc_create_data'].flatMap((call) => findCalls(source, call));
  const isListed = ({ start, end }: Span): boolean => lists.some((list) => list.start <= start && end <= list.end);
  const [, ...uses] = findName(source, name);
  return uses.length > 0 && uses.every(isListed);
}

/** `undefined` when a member has no counterpart. The owner goes without one: struct proc_ops needs none. */
function converted({ code }: CSource, { type, members, start, end }: Operations): Place | undefined {
  const owners = members.filter(({ name }) => name === 'owner');
  const others = members.filter(({ name }) => name !== 'owner');
  if (!others.every(({ name }) => Object.hasOwn(MEMBERS, name))) return undefined;
  const edits: readonly TextEdit[] = [
    { ...type, text: 'proc_ops' },
    ...owners.map((owner) => ({ ...wholeLine(code, owner), text: '' })),
    ...others.map(({ name, nameSpan }) => ({ ...nameSpan, text: MEMBERS[name] ?? name })),
  ];
  return { start, end, edits };
}

/** With the blanks before it, when it has a line of its own. */
function wholeLine(code: string, { start, end }: Span): Span {
  const from = code.lastIndexOf('\n', start - 1) + 1;
  const isAlone = code.slice(from, start).trim() === '' && code.charAt(end - 1) === '\n';
  return { start: isAlone ? from : start, end };
}
