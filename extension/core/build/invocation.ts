import type { KernelTarget } from '../kernel/choose';
import { findObjects, isKbuild, makeVariables } from '../makefile/kbuild';
import { overrideFor } from '../makefile/overrides';
import { slice } from '../makefile/characters';
import type { Makefile } from '../makefile/syntax';
import { message, type Message } from '../message';

/** How make is called for a module: an argument list, and in words how it chooses the kernel. */
export interface Invocation {
  readonly argv: readonly [string, ...string[]];
  readonly directory: string;
  /** Who chooses the kernel: the Makefile as it is, a variable given to it, or kbuild called directly. */
  readonly how: 'makefile' | 'variables' | 'kbuild';
  readonly description: Message;
}

/** A build that cannot even be started, in one line. */
export interface Refusal {
  readonly refused: Message;
}

export interface InvocationRequest {
  readonly directory: string;
  /** The file a plain make reads; absent where there is only a Kbuild file. */
  readonly makefile: Makefile | undefined;
  /** The file kbuild reads, which may be the same. */
  readonly kbuild: Makefile | undefined;
  /** The kernel to build for; absent when the Makefile decides. */
  readonly target: KernelTarget | undefined;
}

/**
 * Decides how make is called, without touching a file: the Makefile itself when it decides the kernel, with its own variables overridden
 * when it lets them, and else the kernel's kbuild on the directory. Refuses what cannot work, with the reason.
 */
export function planInvocation({ directory, makefile, kbuild, target }: InvocationRequest): Invocation | Refusal {
  // Kbuild splits M= at blanks and refuses colons, and nothing can quote them away.
  if (/[\s:]/.test(directory)) {
    return {
      refused: message(
        'kbuild cannot build in {directory}: its path has a blank or a colon. Move the source to a path without them.',
        {
          directory,
        },
      ),
    };
  }
  if (target === undefined) return makefile === undefined ? noKernelChosen(directory) : plain(directory);
  const variables = makefile === undefined ? undefined : overrideFor(makefile, target);
  if (variables !== undefined) return withVariables(directory, variables, target);
  if (kbuild !== undefined && isKbuild(kbuild)) return directly(directory, makefile, kbuild, target);
  return {
    refused: message(
      'The Makefile in {directory} always takes its own kernel and lists no objects for kbuild: it cannot be built for {release} unchanged. Use the quick fix on uname -r.',
      { directory, release: target.release },
    ),
  };
}

function plain(directory: string): Invocation {
  return {
    argv: ['make'],
    directory,
    how: 'makefile',
    description: message('make, for the kernel that the Makefile chooses'),
  };
}

function noKernelChosen(directory: string): Refusal {
  return {
    refused: message('{directory} has a Kbuild file and no Makefile: choose the kernel to build for.', { directory }),
  };
}

function withVariables(
  directory: string,
  variables: Readonly<Record<string, string>>,
  { release }: KernelTarget,
): Invocation {
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return {
    argv: ['make', ...assignments],
    directory,
    how: 'variables',
    description: message('make for {release}, by {variables}', { release, variables: assignments.join(' ') }),
  };
}

function directly(
  directory: string,
  makefile: Makefile | undefined,
  kbuild: Makefile,
  target: KernelTarget,
): Invocation {
  const given = makefile === undefined ? [] : literalVariables(makefile);
  const options = given.length > 0 ? given : neededOptions(kbuild);
  return {
    argv: ['make', '-C', target.treePath, `M=${directory}`, ...options, 'modules'],
    directory,
    how: 'kbuild',
    description: message('the kernel’s own kbuild for {release}, without the Makefile’s recipe', {
      release: target.release,
    }),
  };
}

/** What the Makefile's recipe gives to kbuild besides the directory, as far as it is plain text: `CONFIG_TOA=m`. */
function literalVariables(makefile: Makefile): readonly string[] {
  return makeVariables(makefile)
    .map(({ name, value }) => ({ name, value: slice(makefile.text, value) }))
    .filter(({ value }) => /^[\w./+-]*$/.test(value))
    .map(({ name, value }) => `${name}=${value}`);
}

/** `obj-$(CONFIG_TOA)` builds nothing unless somebody says `CONFIG_TOA=m`. */
function neededOptions(kbuild: Makefile): readonly string[] {
  const options = findObjects(kbuild).flatMap(({ option }) => (option === undefined ? [] : [option]));
  return [...new Set(options)].map((option) => `${option}=m`);
}
