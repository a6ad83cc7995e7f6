import { findingsOf } from '../core/explain/examine';
import { diagnose, type SourceReport } from '../doctor/diagnose';
import type { Message } from '../core/message';
import { findingJson } from '../core/explain/findingJson';
import { parseArguments } from './arguments';
import { STATUS, UsageError, findingText, writeJson, type Io } from './io';
import { speaker } from './language';
import { HOST_OPTIONS, directoryOn, headerDirectories, onHost } from './onHost';

/** `toa-doctor doctor [DIR] [--json]`: examines the module sources in DIR without running make. */
export async function doctorCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positional } = parseArguments(args, { ...HOST_OPTIONS, kernel: { type: 'string' } });
  const { facts, choice, sources } = await onHost(values, async (host) => {
    const directory = await directoryOn(host, values, positional);
    const found = await diagnose(host, {
      roots: [directory],
      headerDirectories: headerDirectories(values),
      wanted: values.kernel,
    });
    const isThere = found.sources.length > 0 || (await host.stat(directory))?.directory === true;
    if (!isThere) throw new UsageError(`${directory} is no directory on ${host.name}`);
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
}

function sourceJson(source: SourceReport, say: (message: Message) => string): object {
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

function sourceText(source: SourceReport, say: (message: Message) => string): string {
  const head = `\n${source.file ?? source.directory}\n`;
  if (source.problem !== undefined) return `${head}error: ${say(source.problem)}\n`;
  const ways = source.trees.map(({ tree }) => `  ${tree.how}\n`);
  return [head, ...ways, ...findingsOf(source.trees).map((finding) => findingText(finding, say))].join('');
}
