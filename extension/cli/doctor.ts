import { findingsOf } from '../core/explain/examine';
import { diagnose, type SourceReport } from '../doctor/diagnose';
import { message, type Say } from '../core/message';
import { findingJson } from '../core/explain/findingJson';
import { command } from './command';
import { UsageError } from './arguments';
import { findingText } from './findingText';
import { STATUS, writeJson } from './io';
import { speaker } from './language';
import { pathOn, headerDirectories, onHost } from './onHost';
import { AS_JSON, HEADERS, KERNEL, WHERE } from './options';

const ABOUT = {
  operands: '[DIR]',
  about: message('what keeps the module in DIR from being built for the right kernel; runs no make'),
  options: { ...KERNEL, ...HEADERS, ...WHERE, ...AS_JSON },
} as const;

export const doctorCommand = command(ABOUT, async ({ values, operands }, io) => {
  const { facts, choice, sources } = await onHost(values, async (host) => {
    const directory = await pathOn(host, values, operands[0]);
    const found = await diagnose(host, {
      roots: [directory],
      headerDirectories: headerDirectories(values),
      wanted: values.kernel,
    });
    const isThere = found.sources.length > 0 || (await host.stat(directory))?.directory === true;
    if (!isThere)
      throw new UsageError(message('{directory} is no directory on {host}', { directory, host: host.name }));
    return found;
  });
  const say = await speaker(io.env);
  if (values.json === true) {
    writeJson(io, {
      kernel: facts.kernel.release,
      target: choice.target,
      reason: say(choice.reason),
      sources: sources.map((source) => sourceJson(source, say)),
      findings: sources.flatMap(({ trees }) => findingsOf(trees)).map((finding) => findingJson(finding, say)),
    });
  } else {
    io.stdout.write(`${facts.kernel.release}: ${say(choice.reason)}\n`);
    for (const source of sources) io.stdout.write(sourceText(source, say));
  }
  return sources.some((source) => source.problem !== undefined || findingsOf(source.trees).length > 0)
    ? STATUS.findings
    : STATUS.fine;
});

function sourceJson(source: SourceReport, say: Say): object {
  const { directory, file, objects, meant, trees, modules, problem } = source;
  return {
    directory,
    file,
    objects,
    meant,
    problem: problem && say(problem),
    trees: trees.map(({ tree }) => ({ path: tree.path, release: tree.release, how: tree.how })),
    modules: modules.map(({ path, info, fit }) => ({
      path,
      info,
      fit: fit && { verdict: fit.verdict, reason: say(fit.reason) },
    })),
  };
}

function sourceText(source: SourceReport, say: Say): string {
  const head = `\n${source.file ?? source.directory}\n`;
  if (source.problem !== undefined) return `${head}error: ${say(source.problem)}\n`;
  const ways = source.trees.map(({ tree }) => `  ${tree.how}\n`);
  return [head, ...ways, ...findingsOf(source.trees).map((finding) => findingText(finding, say))].join('');
}
