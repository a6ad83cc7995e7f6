import { message } from '../message';
import { judgeApplication } from './application';
import type { Break, Link, Observations, Verdict } from './chain';
import { judgeHook } from './hook';
import { judgeKind } from './kind';
import { judgeModule } from './module';
import { judgeOption } from './option';

type Judge = (seen: Observations) => Link | Break;

/** From the host inwards: a link that is broken makes those behind it unknown. */
const CHAIN: readonly Judge[] = [judgeModule, judgeOption, judgeKind, judgeHook, judgeApplication];

/** Which link of the chain holds, which is broken, and what that means: "still the load balancer's address" in one sentence. */
export function judgeChain(seen: Observations): Verdict {
  const links: Link[] = [];
  for (const judge of CHAIN) {
    const judged = judge(seen);
    if (!('cause' in judged)) {
      links.push(judged);
      continue;
    }
    links.push(judged.link);
    return { links, cause: judged.cause, conclusion: judged.conclusion };
  }
  const open = links.find(({ state }) => state === 'unknown');
  if (open === undefined)
    return {
      links,
      cause: undefined,
      conclusion: message(
        'Every link holds: the application on port {port} was given the client’s address. Where its log still shows the load balancer, the log format takes another source.',
        { port: seen.port },
      ),
    };
  return { links, cause: undefined, conclusion: open.title };
}
