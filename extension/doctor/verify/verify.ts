import { readSegments } from '../../core/capture/segments';
import { tcpdumpOf, verifyCommand } from '../../core/capture/command';
import { captureRequest } from '../../core/capture/request';
import type { Facts } from '../../core/facts';
import { message, render } from '../../core/message';
import { script } from '../../core/plan/step';
import type { SourceFile } from '../../core/plan/source';
import { ofService, type Observations, type Verdict } from '../../core/verify/chain';
import { collectHandshakes } from '../../core/verify/handshakes';
import { readHostState, type HostState } from '../../core/verify/hostState';
import { judgeChain } from '../../core/verify/judge';
import { readSelfTest, type SelfTest } from '../../core/verify/selfTest';
import type { Host } from '../../host/host';
import { splitByStream } from '../outputLines';
import { PlanError, RootHost } from '../plan/rootHost';
import selfTestScript from './selfTest.sh';
import stateScript from './state.sh';

export interface VerifyRequest {
  readonly facts: Facts;
  /** The service's port. */
  readonly port: number;
  /** How long to look at connections. */
  readonly seconds: number;
  /** The source of the self-test. */
  readonly selfTest: readonly SourceFile[];
  /** Told when it listens: now a client is to connect. */
  readonly onListening?: (command: readonly string[] | undefined) => void;
  readonly signal?: AbortSignal;
}

/** What was seen, and which link of the chain is broken. Rejects with PlanError where the host gives no root. */
export async function verify(host: Host, request: VerifyRequest): Promise<Verdict> {
  const root = await RootHost.of(host, request.facts);
  const { port, facts } = request;
  const before = await stateOf(root, port);
  const nothing = { handshakes: undefined, selfTest: undefined };
  // No connection tells more.
  if (!before.loaded) return judgeChain({ toa: facts.toa, port, before, after: before, ...nothing });
  const captured = await look(root, request);
  const { handshakes } = captured;
  const after = await stateOf(root, port);
  const seen = { toa: facts.toa, port, before, after, ...captured, selfTest: undefined };
  const verdict = judgeChain(seen);
  if (!after.loaded || isSettled(verdict, facts)) return verdict;
  const [came] = ofService({ handshakes, port }).flatMap(({ options }) => options);
  const kind = facts.toa.kinds?.[0] ?? came?.kind ?? COMMON_KIND;
  return judgeChain({ ...seen, selfTest: await runSelfTest(root, request, kind) });
}

/** Whether the self-test would say nothing new: what is broken lies before the hooks, or the counters of a module that is known say all. */
function isSettled({ links }: Verdict, { toa }: Facts): boolean {
  const open = links.filter(({ state }) => state !== 'holds');
  if (open.some(({ state }) => state === 'unknown')) return false;
  const beforeModule = open.some(({ name }) => name === 'module' || name === 'option');
  return beforeModule || (toa.kinds !== undefined && open.every(({ name }) => name !== 'hook' && name !== 'family'));
}

async function stateOf(root: RootHost, port: number): Promise<HostState> {
  const { stdout } = await root.run(script(stateScript, [String(port)]));
  const state = readHostState(stdout);
  if (state !== undefined) return state;
  throw new PlanError(message('{host} did not tell its sockets and counters. Ask again.', { host: root.name }));
}

/** The capture of the beginnings of connections, of which tcpdump itself counts packets alone; `undefined` where there is no tcpdump. */
export function watchCommand(facts: Facts, seconds: number): readonly [string, ...string[]] | undefined {
  const tcpdump = tcpdumpOf(facts);
  const asked = captureRequest({ seconds: String(seconds) });
  return tcpdump === undefined || 'problem' in asked
    ? undefined
    : ['timeout', String(seconds), ...verifyCommand(tcpdump, asked)];
}

type Captured = Pick<Observations, 'handshakes' | 'notCaptured'>;

/** The beginnings of connections to any port, for the time asked for; or why tcpdump gave none. */
async function look(root: RootHost, request: VerifyRequest): Promise<Captured> {
  const { facts, seconds, onListening, signal } = request;
  const command = watchCommand(facts, seconds);
  if (command === undefined) {
    onListening?.(undefined);
    return { handshakes: undefined, notCaptured: 'tcpdump: not found' };
  }
  const seen = collectHandshakes();
  const segments = readSegments((segment) => {
    seen.add(segment);
  });
  const lines = splitByStream((whole) => {
    segments.feed(whole);
  });
  let told = false;
  const result = await root.run(
    { argv: command },
    {
      signal,
      onOutput: (text, stream) => {
        if (stream === 'stdout') lines.feed(text, stream);
        else if (!told && text.includes('listening on')) {
          told = true;
          onListening?.(command);
        }
      },
    },
  );
  lines.end();
  segments.end();
  // timeout(1) says 124 when the time is over, which is the usual end.
  if (result.code === 0 || result.code === 124 || result.outcome === 'cancelled')
    return { handshakes: seen.handshakes() };
  const said = result.stderr.trim().split('\n').at(-1) ?? '';
  return { handshakes: undefined, notCaptured: result.reason === undefined ? said : render(result.reason) };
}

/** What a module that does not say its kinds most likely reads. */
const COMMON_KIND = 254;

/** `undefined` where it could not be built. */
async function runSelfTest(
  root: RootHost,
  { selfTest }: VerifyRequest,
  kind: number,
): Promise<readonly SelfTest[] | undefined> {
  const args = [String(kind), ...selfTest.flatMap(({ name, text }) => [name, text])];
  const { stdout } = await root.run(script(selfTestScript, args));
  const tests = readSelfTest(stdout);
  return tests.length === 0 ? undefined : tests;
}
