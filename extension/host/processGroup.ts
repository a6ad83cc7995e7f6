import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds a process group has to end after SIGTERM: make removes its half-written targets in this time. */
const GRACE = 250;
/** Milliseconds to wait after SIGKILL. Not longer: dead processes stay in the group until process 1 collects them, which it may not. */
const LIMIT = 150;
const POLL = 20;

/** On Windows a child has no process group of its own. */
export const HAS_GROUPS = process.platform !== 'win32';

/** Ends a process that leads its own group, with everything in the group: SIGTERM, then SIGKILL. */
export async function endGroup(leader: ChildProcess): Promise<void> {
  if (leader.pid === undefined) return;
  if (!HAS_GROUPS) {
    leader.kill();
    return;
  }
  if (signalGroup(leader.pid, 'SIGTERM') && !(await groupEnds(leader.pid, GRACE))) {
    signalGroup(leader.pid, 'SIGKILL');
    await groupEnds(leader.pid, LIMIT);
  }
}

async function groupEnds(leader: number, within: number): Promise<boolean> {
  for (let waited = 0; waited < within; waited += POLL) {
    await sleep(POLL);
    if (!signalGroup(leader, 0)) return true;
  }
  return false;
}

/** Whether the signal reached any process of the group. One that may not be signalled (it runs as root by sudo) counts as none. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
