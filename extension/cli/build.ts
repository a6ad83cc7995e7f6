import { findingJson } from '../core/explain/findingJson';
import { message } from '../core/message';
import { shellText } from '../core/shellText';
import { build } from '../doctor/build';
import { probe } from '../host/probe';
import { command } from './command';
import { findingText } from './findingText';
import { STATUS, writeJson } from './io';
import { speaker } from './language';
import { pathOn, headerDirectories, onHost } from './onHost';
import { AS_JSON, HEADERS, KERNEL, WHERE } from './options';

const TIMEOUT = 30 * 60_000;

const ABOUT = {
  operands: '[DIR]',
  about: message('run make in DIR, explain what fails, check which kernel the module is for'),
  options: { ...KERNEL, ...HEADERS, ...WHERE, ...AS_JSON },
} as const;

export const buildCommand = command(ABOUT, async ({ values, operands }, io) => {
  const say = await speaker(io.env);
  const report = await onHost(values, async (host) => {
    const facts = await probe(host, { headerDirectories: headerDirectories(values) });
    return build(host, {
      directory: await pathOn(host, values, operands[0]),
      facts,
      wanted: values.kernel,
      timeout: TIMEOUT,
      // With --json the output of make goes to stderr, so that stdout is one JSON value.
      onStart: ({ argv, directory }) => io.stderr.write(`${directory}$ ${shellText(argv)}\n`),
      onAsk: (command) => io.stderr.write(`# ${command}\n`),
      onOutput: (text) => (values.json === true ? io.stderr : io.stdout).write(text),
    });
  });
  if (values.json === true) {
    writeJson(io, {
      outcome: report.outcome,
      summary: say(report.summary),
      meant: report.meant,
      modules: report.modules.map(({ path, info, fit }) => ({ path, info, fit: fit?.verdict })),
      findings: report.findings.map((finding) => findingJson(finding, say)),
    });
  } else {
    io.stdout.write(report.findings.map((finding) => `\n${findingText(finding, say)}`).join(''));
    io.stdout.write(`\n${say(report.summary)}\n`);
  }
  return report.outcome === 'built' ? STATUS.fine : STATUS.findings;
});
