import { readSegments } from '../../core/capture/segments';
import { tcpdumpOf, verifyCommand } from '../../core/capture/command';
import { captureRequest } from '../../core/capture/request';
import type { Facts } from '../../core/facts';
import { message } from '../../core/message';
import { script } from '../../core/plan/step';
import type { SourceFile } from '../../core/plan/source';
import type { Verdict } from '../../core/verify/chain';
import { collectHandshakes, type Handshake } from '../../core/verify/handshakes';
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
  const before = await stateOf(root);
  const handshakes = await look(root, request);
  const after = await stateOf(root);
  const selfTest = after.loaded ? await runSelfTest(root, request) : undefined;
  return judgeChain({ toa: request.facts.toa, port: request.port, before, after, handshakes, selfTest });
}

async function stateOf(root: RootHost): Promise<HostState> {
  const { stdout } = await root.run(script(stateScript, []));
  const state = readHostState(stdout);
  if (state !== undefined) return state;
  throw new PlanError(message('{host} did not tell its sockets and counters. Ask again.', { host: root.name }));
}

/** The beginnings of connections to any port, for the time asked for; `undefined` where tcpdump is missing or refused. */
async function look(root: RootHost, request: VerifyRequest): Promise<readonly Handshake[] | undefined> {
  const { facts, seconds, onListening, signal } = request;
  const tcpdump = tcpdumpOf(facts);
  const asked = captureRequest({ seconds: String(seconds) });
  if (tcpdump === undefined || 'problem' in asked) {
    onListening?.(undefined);
    return undefined;
  }
  const command = ['timeout', String(seconds), ...verifyCommand(tcpdump, asked)] as const;
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
  return result.code === 0 || result.code === 124 || result.outcome === 'cancelled' ? seen.handshakes() : undefined;
}

/** `undefined` where it could not be built. */
async function runSelfTest(
  root: RootHost,
  { facts, selfTest }: VerifyRequest,
): Promise<readonly SelfTest[] | undefined> {
  const kind = String(facts.toa.kinds?.[0] ?? 254);
  const args = [kind, ...selfTest.flatMap(({ name, text }) => [name, text])];
  const { stdout } = await root.run(script(selfTestScript, args));
  const tests = readSelfTest(stdout);
  return tests.length === 0 ? undefined : tests;
}
