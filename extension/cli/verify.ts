import { captureRequest } from '../core/capture/request';
import { tcpdumpOf, verifyCommand as tcpdumpCommand } from '../core/capture/command';
import { shellText } from '../core/shellText';
import { stayText } from '../core/plan/planText';
import { stays } from '../core/plan/stay';
import { readSelfTestSource } from '../doctor/plan/moduleSource';
import { verify } from '../doctor/verify/verify';
import { LocalHost } from '../host/local';
import { probe } from '../host/probe';
import { parseArguments } from './arguments';
import { STATUS, UsageError, writeJson, type Io } from './io';
import { speaker } from './language';
import { HOST_OPTIONS, onHost } from './onHost';

const OPTIONS = {
  ...HOST_OPTIONS,
  port: { type: 'string' },
  seconds: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

/**
 * `toa-doctor verify --port P [--seconds N] [--json]`: looks at connections to a service and says which link from the load balancer to the
 * application holds and which is broken. Exit status 0 when every link holds, 1 when one is broken or not known.
 */
export async function verifyCommand(args: readonly string[], io: Io, moduleSource: string): Promise<number> {
  const { values } = parseArguments(args, OPTIONS);
  const say = await speaker(io.env);
  if (values.port === undefined) throw new UsageError('which service? --port PORT');
  const request = captureRequest({ port: values.port, seconds: values.seconds });
  if ('problem' in request) throw new UsageError(say(request.problem));
  const { port = 0, seconds } = request;
  const asJson = values.json === true;
  const stopping = new AbortController();
  return onHost(
    values,
    async (host) => {
      const facts = await probe(host, { headerDirectories: [] });
      if (values['dry-run'] === true) {
        const command = tcpdumpCommand(tcpdumpOf(facts) ?? 'tcpdump', { ...request, port: undefined });
        if (asJson) writeJson(io, { commands: [command] });
        else io.stdout.write(`# ${shellText(command)}\n`);
        return STATUS.fine;
      }
      const selfTest = await readSelfTestSource(new LocalHost(), moduleSource);
      const verdict = await verify(host, {
        ...{ facts, port, seconds, selfTest, signal: stopping.signal },
        onListening: (command) =>
          io.stderr.write(`${command === undefined ? 'tcpdump is not installed' : shellText(command)}\n`),
      });
      const links = verdict.links.map((link) => ({ ...link, title: say(link.title) }));
      const conclusion = say(verdict.conclusion);
      const after = stays(facts);
      if (asJson)
        writeJson(io, {
          ...{ cause: verdict.cause, conclusion, links },
          stays: after.map((stay) => ({ ...stay, reason: say(stay.reason) })),
        });
      else {
        for (const { state, title, proof } of links)
          io.stdout.write([`${state.padEnd(8)} ${title}`, ...proof.map((line) => `           ${line}`), ''].join('\n'));
        io.stdout.write(`\n${conclusion}\n\n${stayText(after, say)}`);
      }
      return links.every(({ state }) => state === 'holds') ? STATUS.fine : STATUS.findings;
    },
    () => {
      stopping.abort();
    },
  );
}
