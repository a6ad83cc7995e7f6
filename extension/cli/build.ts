import { build } from '../doctor/build';
import { probe } from '../host/probe';
import { shellText } from '../core/shellText';
import { findingJson } from '../core/explain/findingJson';
import { parseArguments } from './arguments';
import { STATUS, findingText, writeJson, type Io } from './io';
import { speaker } from './language';
import { HOST_OPTIONS, directoryOn, headerDirectories, onHost } from './onHost';

const TIMEOUT = 30 * 60_000;

/** `toa-doctor build [DIR] [--kernel RELEASE] [--json]`: runs make, explains a failure, checks which kernel the module is for. */
export async function buildCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positional } = parseArguments(args, { ...HOST_OPTIONS, kernel: { type: 'string' } });
  const say = await speaker(io.env);
  const report = await onHost(values, async (host) => {
    const facts = await probe(host, { headerDirectories: headerDirectories(values) });
    return build(host, {
      directory: await directoryOn(host, values, positional),
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
}
