import { planInvocation, type Invocation } from '../core/build/invocation';
import type { Facts } from '../core/facts';
import { explain } from '../core/explain/engine';
import { examine, findingsOf, meantRelease, readMakefile, type ReadMakefile } from '../core/explain/examine';
import type { Finding } from '../core/explain/finding';
import { createSymptomReader } from '../core/explain/symptomReader';
import { firstOf, type OtherKernel, type Symptom } from '../core/explain/symptom';
import { choose } from '../core/kernel/choose';
import { releaseOfVermagic } from '../core/kernel/vermagic';
import { message, type Message } from '../core/message';
import type { CommandResult, Host } from '../host/host';
import { moduleTimes, readModules, type BuiltModule } from './builtModules';
import { deepen } from './decide';
import { BUILD_MARK } from './lostBuild';
import { splitByStream } from './outputLines';
import { readSource, type Source } from './readSource';

export interface BuildRequest {
  readonly directory: string;
  readonly facts: Facts;
  /** The release to build for; absent when the Makefile decides. */
  readonly wanted: string | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** Told what will run before it runs. */
  readonly onStart?: (invocation: Invocation) => void;
  readonly onOutput?: (text: string) => void;
  /** Told each command that asks for a fact, before it runs. */
  readonly onAsk?: (command: string) => void;
}

export interface BuildReport {
  readonly directory: string;
  /** `lost`: the connection to the host broke meanwhile. */
  readonly outcome: 'built' | 'failed' | 'wrong-kernel' | 'cancelled' | 'timed-out' | 'refused' | 'lost';
  /** The release that was meant: the pinned one, or what the Makefile says on this host. */
  readonly meant: string | undefined;
  /** Modules that this build made or confirmed. */
  readonly modules: readonly BuiltModule[];
  readonly findings: readonly Finding[];
  /** The outcome in one line. */
  readonly summary: Message;
}

/** Runs make for a module and judges what it left. Rejects only when the host itself fails; every outcome of make is a report. */
export async function build(host: Host, request: BuildRequest): Promise<BuildReport> {
  const { directory, facts, wanted } = request;
  const refuse = (summary: Message): BuildReport => ({
    directory,
    outcome: 'refused',
    meant: wanted,
    modules: [],
    findings: [],
    summary,
  });
  if (!Object.hasOwn(facts.tools.commands, 'make')) {
    return refuse(
      message('make is not installed on {host}. Install it with the package manager and try again.', {
        host: host.name,
      }),
    );
  }
  const source = await readSource(host, directory);
  if ('refused' in source) return refuse(source.refused);
  const choice = wanted === undefined ? undefined : choose(facts, wanted);
  if (choice !== undefined && choice.target === undefined) return refuse(choice.reason);
  const invocation = planInvocation({ ...source, target: choice?.target });
  if ('refused' in invocation) return refuse(invocation.refused);

  request.onStart?.(invocation);
  const before = await moduleTimes(host, directory);
  const { result, symptoms } = await runMake(host, invocation, request);
  // A host that is gone is not asked again.
  const isGone = result.outcome === 'lost';
  const modules = isGone ? [] : await readModules(host, directory, facts);
  const run = { source, request, result, symptoms, modules, before };
  return isGone ? judge(run) : completed(host, run);
}

/** The judgement, with what the host's trees and the module's source add to its findings. */
async function completed(host: Host, run: Run): Promise<BuildReport> {
  const report = judge(run);
  const { directory, facts, wanted, signal, onAsk } = run.request;
  if (report.findings.length === 0) return report;
  const options = { directory, ...(signal && { signal }), ...(onAsk && { onAsk }) };
  const kase = { symptoms: run.symptoms, facts, wanted: wanted ?? report.meant, makefile: undefined };
  const findings = await deepen(host, report.findings, kase, options);
  const isFailure = report.outcome === 'failed' || report.outcome === 'wrong-kernel';
  return { ...report, findings, summary: (isFailure ? findings[0]?.title : undefined) ?? report.summary };
}

interface Run {
  readonly source: Source;
  readonly request: BuildRequest;
  readonly result: CommandResult;
  readonly symptoms: readonly Symptom[];
  readonly modules: readonly BuiltModule[];
  readonly before: ReadonlyMap<string, number>;
}

async function runMake(
  host: Host,
  { argv, directory }: Invocation,
  { timeout, signal, onOutput }: BuildRequest,
): Promise<{ readonly result: CommandResult; readonly symptoms: readonly Symptom[] }> {
  const reader = createSymptomReader();
  const lines = splitByStream((line) => {
    reader.feed(line);
  });
  const result = await host.run({
    argv,
    cwd: directory,
    env: BUILD_MARK,
    timeout,
    // It is read as it comes; nothing looks at it afterwards.
    outputLimit: 0,
    ...(signal === undefined ? {} : { signal }),
    onOutput: (text, stream) => {
      lines.feed(text, stream);
      onOutput?.(text);
    },
  });
  lines.end();
  return { result, symptoms: reader.end() };
}

function judge(run: Run): BuildReport {
  const { source, request, result, modules, before } = run;
  const { facts, wanted, directory } = request;
  const reading = source.makefile && readMakefile(source.makefile, directory, facts);
  const meant = wanted ?? (reading && meantRelease(reading, facts)) ?? facts.kernel.release;
  const fresh = modules.filter(({ path, modified }) => before.get(path) !== modified);
  const counted = fresh.length > 0 ? fresh : modules;
  const succeeded = result.outcome === 'exited' && result.code === 0;
  const wrong = succeeded ? counted.flatMap((module) => otherKernel(module, meant, !fresh.includes(module))) : [];
  const outcome = outcomeOf(result, counted, wrong);
  const findings = findingsAfter(outcome, run, wrong, reading);
  const summary = summarise({ outcome, run, meant, counted, findings });
  return { directory, outcome, meant, modules: succeeded ? counted : [], findings, summary };
}

/** What the output and the module say; where they say nothing of a failure, what is wrong with the Makefile's way to the kernel. */
function findingsAfter(
  outcome: BuildReport['outcome'],
  { request: { facts, wanted }, symptoms }: Run,
  wrong: readonly OtherKernel[],
  reading: ReadMakefile | undefined,
): readonly Finding[] {
  if (outcome === 'cancelled' || outcome === 'lost') return [];
  const said = explain({ symptoms: [...symptoms, ...wrong], facts, wanted, makefile: reading?.forExplaining });
  // What is harmless needs no word where nothing went wrong.
  if (outcome === 'built') return said.filter(({ severity }) => severity !== 'information');
  const isUnexplained = outcome === 'failed' && wanted === undefined && said.length === 0;
  return isUnexplained && reading !== undefined ? findingsOf(examine(reading, facts, wanted)) : said;
}

function otherKernel(module: BuiltModule, wanted: string, stale: boolean): readonly OtherKernel[] {
  const vermagic = module.info.kind === 'module' ? module.info.vermagic : undefined;
  const built = releaseOfVermagic(vermagic);
  if (vermagic === undefined || built === undefined || built === wanted) return [];
  const text = `${module.name}: vermagic ${vermagic}`;
  return [{ kind: 'other-kernel', module: module.name, vermagic, built, wanted, stale, line: 0, text, source: 'host' }];
}

function outcomeOf(
  result: CommandResult,
  modules: readonly BuiltModule[],
  wrong: readonly OtherKernel[],
): BuildReport['outcome'] {
  const { outcome } = result;
  if (outcome === 'cancelled' || outcome === 'timed-out' || outcome === 'lost') return outcome;
  if (result.outcome === 'not-started') return 'refused';
  if (result.outcome !== 'exited' || result.code !== 0 || modules.length === 0) return 'failed';
  return wrong.length > 0 ? 'wrong-kernel' : 'built';
}

interface Summary {
  readonly outcome: BuildReport['outcome'];
  readonly run: Run;
  readonly meant: string;
  readonly counted: readonly BuiltModule[];
  readonly findings: readonly Finding[];
}

function summarise({ outcome, run, meant, counted, findings }: Summary): Message {
  const { request, result, symptoms } = run;
  switch (outcome) {
    case 'built':
      return built(counted, meant, request.facts);
    case 'cancelled':
      return message('The build was cancelled; none of its processes is left.');
    case 'lost':
      return message(
        'The connection broke during the build. What it printed until then is above; the host ends what was left of it.',
      );
    case 'timed-out':
      return message('The build did not end within {minutes} minutes and was stopped, with all it had started.', {
        minutes: Math.round(request.timeout / 60_000),
      });
    default:
      return findings[0]?.title ?? unexplained(result, symptoms, request.directory);
  }
}

function built(modules: readonly BuiltModule[], release: string, facts: Facts): Message {
  const names = modules.map(({ name }) => name).join(', ');
  const running = facts.kernel.release;
  if (release === running) return message('{names} is built for {release}, the running kernel.', { names, release });
  const verdict = modules[0]?.fit?.verdict;
  return verdict === 'unsure'
    ? message(
        '{names} is built for {release}. {running} is running: it may load there, or be refused by its symbol versions.',
        { names, release, running },
      )
    : message('{names} is built for {release}. {running} is running, and will not load it: boot {release} first.', {
        names,
        release,
        running,
      });
}

function unexplained(result: CommandResult, symptoms: readonly Symptom[], directory: string): Message {
  if (result.outcome === 'not-started')
    return message('make could not be started: {reason}', { reason: result.reason ?? '?' });
  if (result.outcome === 'signalled') return message('make was ended by {signal}.', { signal: result.signal ?? '?' });
  if (result.code === 0) {
    return message('make succeeded and left no module in {directory}: its Makefile builds none there.', { directory });
  }
  const line = firstOf(symptoms, 'error-line')?.text;
  return line === undefined ? message('make failed; its output says why.') : message('make failed: {line}', { line });
}
