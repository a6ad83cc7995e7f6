import type { TextEdit } from '../text';
import { callAt, findCalls, findName, type Call, type CSource } from './c';
import { guarded, newerKernel, placeOf, type Needed } from './guard';

/** `class_create(THIS_MODULE, name)` without its first argument. */
export function classCreate(source: CSource, needed: Needed): readonly TextEdit[] {
  const calls = findCalls(source, 'class_create').filter((call) => call.arguments.length === 2);
  return guarded(source, calls.flatMap(withoutFirst).map(placeOf), newerKernel(needed));
}

/** `access_ok(type, address, size)` without its first argument. */
export function accessOk(source: CSource, needed: Needed): readonly TextEdit[] {
  const calls = findCalls(source, 'access_ok').filter((call) => call.arguments.length === 3);
  return guarded(source, calls.flatMap(withoutFirst).map(placeOf), newerKernel(needed));
}

function withoutFirst({ arguments: [first, second] }: Call): readonly TextEdit[] {
  return first === undefined || second === undefined ? [] : [{ start: first.start, end: second.start, text: '' }];
}

/** How many arguments each had when the pointer to the length was still one of them, and which one it was. */
const WITH_LENGTH: Readonly<Record<string, readonly [count: number, length: number]>> = {
  inet_getname: [4, 2],
  inet6_getname: [4, 2],
  kernel_getpeername: [3, 2],
  kernel_getsockname: [3, 2],
};

/**
 * Takes the length argument out of getname: out of its calls, and of the source's own functions that stand in for it. Since the result is
 * the length, and 0 before, a test for 0 becomes one for 0 or more, which is right on both. No edits when the source itself uses the length
 * it is handed.
 */
export function getname(source: CSource, needed: Needed): readonly TextEdit[] {
  const calls = Object.entries(WITH_LENGTH).flatMap(([name, [count, length]]) =>
    findCalls(source, name)
      .filter((call) => call.arguments.length === count)
      .map((call) => ({ call, length })),
  );
  const own = ownGetnames(source).map((call) => ({ call, length: 2 }));
  const lists = [...calls, ...own];
  const spans = lists.map(({ call }) => call);
  if (lists.some((list) => usesLength(source, list, spans))) return [];
  const removed = lists.flatMap(({ call, length }) => withoutArgument(call, length));
  return [
    ...guarded(source, removed.map(placeOf), newerKernel(needed)),
    ...comparisons(
      source,
      calls.map(({ call }) => call),
    ),
  ];
}

function withoutArgument({ arguments: given }: Call, index: number): readonly TextEdit[] {
  const before = given[index - 1];
  const argument = given[index];
  return before === undefined || argument === undefined ? [] : [{ start: before.end, end: argument.end, text: '' }];
}

/** More than any module has. */
const MOST_OWN = 20;

/** Definitions and prototypes whose third parameter of four is a pointer to the length of a socket address. */
function ownGetnames(source: CSource): readonly Call[] {
  const { code } = source;
  const found = [...code.matchAll(/\b(\w{0,40}getname\w{0,40})\s*\(\s*struct\s+socket\b/g)].slice(0, MOST_OWN);
  return found.flatMap(({ 1: name = '', index }) => {
    const call = callAt(source, { start: index, end: index + name.length });
    const third = call?.arguments[2];
    const hasLength = third !== undefined && /^int\s*\*/.test(code.slice(third.start, third.end));
    return call !== undefined && call.arguments.length === 4 && hasLength ? [call] : [];
  });
}

/** The length has other uses than the lists it is taken out of and its declaration: in the function that starts here, or holds the call. */
function usesLength(
  source: CSource,
  { call, length }: { readonly call: Call; readonly length: number },
  lists: readonly Call[],
): boolean {
  const { code } = source;
  const argument = call.arguments[length];
  const name = argument && /\w+$/.exec(code.slice(argument.start, argument.end))?.[0];
  if (name === undefined || name === 'int' || name === 'NULL') return false;
  const from = code.lastIndexOf('\n}', call.start);
  const end = code.indexOf('\n}', call.end);
  return findName(source, name).some(
    (use) =>
      use.start > from &&
      (end < 0 || use.end < end) &&
      !lists.some((list) => list.start <= use.start && use.end <= list.end) &&
      !/\bint\s+(?:\w+\s*,\s*)*$/.test(code.slice(Math.max(0, use.start - 80), use.start)),
  );
}

/** `result == 0` and `0 == result` for the variables that take what a getname gives back. */
function comparisons({ code }: CSource, calls: readonly Call[]): readonly TextEdit[] {
  const names = calls.flatMap(
    ({ start }) => /\b(\w+)\s*=\s*$/.exec(code.slice(Math.max(0, start - 100), start))?.[1] ?? [],
  );
  return [...new Set(names)].flatMap((name) =>
    [
      ...code.matchAll(
        new RegExp(`\\b${name}\\s*==\\s*0\\b|\\b0\\s*==\\s*${name}\\b|(?<![\\w)\\]])!\\s*${name}\\b`, 'g'),
      ),
    ].map(({ 0: text, index }) => ({ start: index, end: index + text.length, text: `${name} >= 0` })),
  );
}
