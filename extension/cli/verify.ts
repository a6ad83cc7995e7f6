import { CAPTURE_DEFAULTS, captureRequest } from '../core/capture/request';
import { message, type Say } from '../core/message';
import { shellText } from '../core/shellText';
import { stayText } from '../core/plan/planText';
import { stays, type Stay } from '../core/plan/stay';
import { staysJson } from './planJson';
import type { Verdict } from '../core/verify/chain';
import { readSelfTestSource } from '../doctor/plan/moduleSource';
import { verify, watchCommand } from '../doctor/verify/verify';
import { LocalHost } from '../host/local';
import { probe } from '../host/probe';
import { UsageError } from './arguments';
import { command } from './command';
import { STATUS, writeJson } from './io';
import { speaker } from './language';
import { untilStopped } from './onHost';
import { AS_JSON, WHERE } from './options';

const ABOUT = {
  about: message('watch connections to a service: which link from the load balancer to the application is broken'),
  options: {
    port: { type: 'string', value: 'PORT', about: message('the port of the service; needed') },
    seconds: { type: 'string', value: 'N', about: message('how long: {seconds} without it', CAPTURE_DEFAULTS) },
    'dry-run': { type: 'boolean', about: message('show the command, and run nothing') },
    ...WHERE,
    ...AS_JSON,
  },
} as const;

const NO_TCPDUMP = message('tcpdump is not installed');

export const verifyCommand = command(ABOUT, async ({ values }, io, moduleSource) => {
  const say = await speaker(io.env);
  if (values.port === undefined) throw new UsageError(message('which service? --port PORT'));
  const request = captureRequest({ port: values.port, seconds: values.seconds });
  if ('problem' in request) throw new UsageError(request.problem);
  const { port = 0, seconds } = request;
  const asJson = values.json === true;
  return untilStopped(values, async (host, signal) => {
    const facts = await probe(host, { headerDirectories: [] });
    if (values['dry-run'] === true) {
      const command = watchCommand(facts, seconds);
      if (asJson) writeJson(io, { commands: command === undefined ? [] : [command] });
      else io.stdout.write(command === undefined ? `${say(NO_TCPDUMP)}\n` : `# ${shellText(command)}\n`);
      return STATUS.fine;
    }
    const selfTest = await readSelfTestSource(new LocalHost(), moduleSource);
    const verdict = await verify(host, {
      ...{ facts, port, seconds, selfTest, signal },
      onListening: (command) => io.stderr.write(`${command === undefined ? say(NO_TCPDUMP) : shellText(command)}\n`),
    });
    if (asJson) writeJson(io, verdictJson(verdict, stays(facts), say));
    else io.stdout.write(verdictText(verdict, stays(facts), say));
    return verdict.links.every(({ state }) => state === 'holds') ? STATUS.fine : STATUS.findings;
  });
});

function verdictJson({ cause, conclusion, links }: Verdict, after: readonly Stay[], say: Say): object {
  return {
    ...{ cause, conclusion: say(conclusion) },
    links: links.map((link) => ({ ...link, title: say(link.title) })),
    stays: staysJson(after, say),
  };
}

function verdictText({ conclusion, links }: Verdict, after: readonly Stay[], say: Say): string {
  const lines = links.flatMap(({ state, title, proof }) => [
    `${state.padEnd(8)} ${say(title)}`,
    ...proof.map((line) => `           ${line}`),
  ]);
  return `${lines.join('\n')}\n\n${say(conclusion)}\n\n${stayText(after, say)}`;
}
