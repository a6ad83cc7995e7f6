import type { Facts } from '../core/facts';
import { message, type Message } from '../core/message';
import { MessageError } from '../core/messageError';
import { parseAvailable } from '../core/probe/parseAvailable';
import { parseProbe } from '../core/probe/parseProbe';
import availableScript from './available.sh';
import type { CommandResult, Host } from './host';
import probeScript from './probe.sh';

const PROBE_TIMEOUT = 30_000;
/** Package managers read their whole cache, which takes seconds on a slow disk. */
const AVAILABLE_TIMEOUT = 60_000;
/** Bytes. A report has some ten thousand, and each header tree adds three thousand. */
const REPORT_LIMIT = 1024 * 1024;

/** A host that could not be probed. */
export class ProbeError extends MessageError {
  override readonly name = 'ProbeError';
}

export interface ProbeOptions {
  /** Absolute paths of trees to look at besides the usual places. */
  readonly headerDirectories: readonly string[];
  readonly signal?: AbortSignal;
}

/** Asks a host, in one round trip and without changing anything, for its facts. Rejects with {@link ProbeError}. */
export async function probe(host: Host, { headerDirectories, signal }: ProbeOptions): Promise<Facts> {
  const text = await reportOf(host, probeScript, headerDirectories, {
    timeout: PROBE_TIMEOUT,
    ...(signal && { signal }),
  });
  const reading = parseProbe(text);
  if ('problem' in reading) throw new ProbeError(reading.problem);
  return reading.facts;
}

/**
 * The header packages that the enabled repositories offer, from the package manager's local cache. Slower than the probe, so
 * it is asked only when headers are missing. Rejects with {@link ProbeError}; `undefined` when the host has no cache to ask.
 */
export async function probeAvailable(host: Host, signal?: AbortSignal): Promise<readonly string[] | undefined> {
  const text = await reportOf(host, availableScript, [], { timeout: AVAILABLE_TIMEOUT, ...(signal && { signal }) });
  const reading = parseAvailable(text);
  if ('problem' in reading) throw new ProbeError(reading.problem);
  return reading.available;
}

async function reportOf(
  host: Host,
  script: string,
  args: readonly string[],
  options: { readonly timeout: number; readonly signal?: AbortSignal },
): Promise<string> {
  const result = await host.script(script, args, { ...options, outputLimit: REPORT_LIMIT });
  const failure = whyFailed(host.name, result, options.timeout / 1000);
  if (failure) throw new ProbeError(failure);
  return result.stdout;
}

function whyFailed(host: string, result: CommandResult, seconds: number): Message | undefined {
  switch (result.outcome) {
    case 'not-started':
      return message('{host} could not be probed: {reason}', { host, reason: result.reason ?? '' });
    case 'lost':
      return message('The connection to {host} broke while it was probed. Try again.', { host });
    case 'timed-out':
      return message('{host} did not answer the probe within {seconds} seconds: it may be overloaded. Try again.', {
        host,
        seconds,
      });
    case 'cancelled':
      return message('The probe of {host} was cancelled.', { host });
    case 'signalled':
      return message('The probe of {host} was ended by {signal}.', { host, signal: result.signal ?? '' });
    case 'exited':
      return result.dropped === 0
        ? undefined
        : message('The report of {host} is too long to be one of the probe.', { host });
  }
}
