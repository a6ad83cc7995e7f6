import type { Facts } from '../facts';
import type { Message } from '../message';
import { message } from '../message';
import type { Candidate } from './candidates';
import { listCandidates } from './candidates';
import type { Fit } from './fit';

/** The kernel to build for. */
export interface KernelTarget {
  /** UTS_RELEASE of the tree: the release the module will carry. */
  readonly release: string;
  readonly treePath: string;
  /** `/lib/modules/<release>/build` leads to the tree, so a Makefile that goes that way needs the release alone. */
  readonly viaBuildLink: boolean;
}

/** The answer to "build for what, with which tree, and will it load". */
export interface Choice {
  /** Absent when no tree is usable, or the pinned one is not. */
  readonly target: KernelTarget | undefined;
  readonly reason: Message;
  /** Whether a module for the target will load on the running kernel. */
  readonly fit: Fit | undefined;
}

/** Chooses a kernel to build for: the pinned release when there is one, else the best candidate. A pin is never replaced silently. */
export function choose(facts: Facts, pin?: string): Choice {
  const candidates = listCandidates(facts);
  const pinned = pin?.trim() ?? '';
  return pinned === '' ? chooseBest(candidates, facts.kernel.release) : choosePinned(candidates, pinned);
}

function chooseBest(candidates: readonly Candidate[], running: string): Choice {
  const [best] = candidates;
  const target = best && targetOf(best);
  if (best === undefined || target === undefined) {
    return without(message('No usable kernel headers are on this machine; {running} is running.', { running }));
  }
  const reason = best.isRunning
    ? message('Building for the running kernel {running}.', { running })
    : message('No usable headers of the running kernel {running} are here; building for {release} instead.', {
        running,
        release: target.release,
      });
  return { target, reason, fit: best.fit };
}

function choosePinned(candidates: readonly Candidate[], release: string): Choice {
  const found = candidates.find((candidate) => candidate.release === release);
  if (found === undefined) {
    return without(message('The pinned kernel {release} has no headers on this machine.', { release }));
  }
  const target = targetOf(found);
  if (target === undefined) {
    const why = found.problems[0] ?? message('Nothing can be built for the pinned kernel {release}.', { release });
    return without(why);
  }
  return { target, reason: message('Building for the pinned kernel {release}.', { release }), fit: found.fit };
}

function targetOf({ usable, tree, viaBuildLink }: Candidate): KernelTarget | undefined {
  if (!usable || tree?.release === undefined) return undefined;
  return { release: tree.release, treePath: tree.path, viaBuildLink };
}

function without(reason: Message): Choice {
  return { target: undefined, reason, fit: undefined };
}
