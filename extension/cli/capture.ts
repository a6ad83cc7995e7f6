import { missingTcpdump, printCommand, tcpdumpOf } from '../core/capture/command';
import { CAPTURE_DEFAULTS, captureRequest, type CaptureRequest } from '../core/capture/request';
import { captureSummary } from '../core/capture/summary';
import type { Decoded } from '../core/decode/decoded';
import type { Facts } from '../core/facts';
import { message, type Message, type Say } from '../core/message';
import { shellText } from '../core/shellText';
import { capture, type CaptureReport } from '../doctor/capture';
import type { Host } from '../host/host';
import { probe } from '../host/probe';
import { UsageError } from './arguments';
import { command } from './command';
import { writeJson, type Io } from './io';
import { speaker } from './language';
import { untilStopped } from './onHost';
import { AS_JSON, WHERE } from './options';

const ABOUT = {
  about: message('run tcpdump for handshakes, shown first, and show the clients in their options as they come'),
  options: {
    interface: {
      type: 'string',
      value: 'NAME',
      about: message('on this network interface; on all of them without it'),
    },
    port: { type: 'string', value: 'PORT', about: message('of this service; of every port without it') },
    peers: {
      type: 'string',
      value: 'NETWORK',
      about: message('only connections from the load balancers in this network, as 10.0.0.0/8'),
    },
    seconds: { type: 'string', value: 'N', about: message('how long: {seconds} without it', CAPTURE_DEFAULTS) },
    packets: {
      type: 'string',
      value: 'N',
      about: message('how many packets at most: {packets} without it', CAPTURE_DEFAULTS),
    },
    ...WHERE,
    ...AS_JSON,
  },
  likeGrep: true,
} as const;

/** Ctrl+C ends it early, and it still says what was seen. */
export const captureCommand = command(ABOUT, async ({ values }, io) => {
  const say = await speaker(io.env);
  const request = captureRequest(values);
  if ('problem' in request) throw new UsageError(request.problem);
  return untilStopped(values, async (host, signal) => {
    const facts = await probe(host, { headerDirectories: [] });
    return new Run(host, facts, request, io, say).report(values.json === true, signal);
  });
});

/** One capture with all that its steps share. */
class Run {
  constructor(
    private readonly host: Host,
    private readonly facts: Facts,
    private readonly request: CaptureRequest,
    private readonly io: Io,
    private readonly say: Say,
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
    if (report.problem !== undefined) throw new UsageError(report.problem);
    const summary = captureSummary(report.count, this.facts.toa).map(this.say).join(' ');
    if (asJson) writeJson(this.io, this.json(report, command, summary, results));
    else this.io.stdout.write(`${summary}\n`);
    return report.count.carrying > 0 ? 0 : 1;
  }

  private missing(): Message {
    const { problem, remedy } = missingTcpdump(this.facts);
    const commands = remedy?.commands.map((argv) => shellText(argv)).join(' && ');
    if (commands === undefined) return problem;
    return message('{problem} Install it: {commands}', { problem: this.say(problem), commands });
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
