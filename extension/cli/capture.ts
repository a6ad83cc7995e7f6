import { missingTcpdump, printCommand, tcpdumpOf } from '../core/capture/command';
import { captureRequest, type CaptureRequest } from '../core/capture/request';
import { captureSummary } from '../core/capture/summary';
import type { Decoded } from '../core/decode/decoded';
import type { Facts } from '../core/facts';
import type { Message } from '../core/message';
import { shellText } from '../core/shellText';
import { capture, type CaptureReport } from '../doctor/capture';
import type { Host } from '../host/host';
import { probe } from '../host/probe';
import { parseArguments } from './arguments';
import { UsageError, writeJson, type Io } from './io';
import { speaker } from './language';
import { WHERE, onHost } from './onHost';

const OPTIONS = {
  json: { type: 'boolean' },
  ...WHERE,
  interface: { type: 'string' },
  port: { type: 'string' },
  peers: { type: 'string' },
  seconds: { type: 'string' },
  packets: { type: 'string' },
} as const;

/**
 * `toa-doctor capture [--interface I] [--port P] [--peers NETWORK] [--seconds N] [--packets N] [--json]`: shows the command, runs it,
 * prints clients as they come and says in the end what was seen. Ctrl+C ends it early. Exit status like grep's: 0 a client was found,
 * 1 none, 2 it could not be done.
 */
export async function captureCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positional } = parseArguments(args, OPTIONS);
  const say = await speaker(io.env);
  if (positional !== undefined) throw new UsageError(`unexpected argument ${positional}`);
  const request = captureRequest(values);
  if ('problem' in request) throw new UsageError(say(request.problem));
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  return onHost(
    values,
    async (host) => {
      const facts = await probe(host, { headerDirectories: [] });
      return new Run(host, facts, request, io, say).report(values.json === true, stopping.signal);
    },
    stop,
  );
}

/** One capture with all that its steps share. */
class Run {
  constructor(
    private readonly host: Host,
    private readonly facts: Facts,
    private readonly request: CaptureRequest,
    private readonly io: Io,
    private readonly say: (text: Message) => string,
  ) {}

  async report(asJson: boolean, signal: AbortSignal): Promise<number> {
    const tcpdump = tcpdumpOf(this.facts);
    if (tcpdump === undefined) throw new UsageError(this.missing());
    const command = printCommand(tcpdump, this.request);
    this.io.stderr.write(`${shellText(command)}\n`);
    const results: Decoded[] = [];
    const report = await capture(this.host, command, {
      seconds: this.request.seconds,
      signal,
      onResults: (found) => {
        if (asJson) results.push(...found);
        else for (const one of found) this.io.stdout.write(`${this.line(one)}\n`);
      },
    });
    if (report.problem !== undefined) throw new UsageError(this.say(report.problem));
    const summary = captureSummary(report.count, this.facts.toa).map(this.say).join(' ');
    if (asJson) writeJson(this.io, this.json(report, command, summary, results));
    else this.io.stdout.write(`${summary}\n`);
    return report.count.carrying > 0 ? 0 : 1;
  }

  private missing(): string {
    const { problem, remedy } = missingTcpdump(this.facts);
    const commands = remedy?.commands.map((argv) => shellText(argv)).join(' && ');
    return [this.say(problem), ...(commands === undefined ? [] : [commands])].join(' ');
  }

  private line({ frame, client, port, kind, segment, note }: Decoded): string {
    const who = client ?? (port === null ? '-' : `?:${port}`);
    return [frame, who, kind ?? '-', segment ?? '-', ...(note === undefined ? [] : [this.say(note)])].join('  ');
  }

  private json(
    report: CaptureReport,
    command: readonly string[],
    summary: string,
    results: readonly Decoded[],
  ): object {
    const { outcome, count, dropped } = report;
    const told = results.map(({ note, alternative, ...rest }) => ({
      ...rest,
      note: note && this.say(note),
      alternative: alternative && { client: alternative.client, reason: this.say(alternative.reason) },
    }));
    return { command, outcome, ...count, dropped, summary, results: told };
  }
}
