import type { Case } from '../core/explain/cause';
import { explain } from '../core/explain/engine';
import type { Evidence, Finding } from '../core/explain/finding';
import { linesOfLoad } from '../core/explain/kernelLog';
import { kernelOf } from '../core/explain/kernelOf';
import { absolutePath } from '../core/explain/place';
import { readSymptoms } from '../core/explain/symptomReader';
import { firstSaid, type Symptom } from '../core/explain/symptom';
import { judgeByTree } from '../core/explain/tree/judge';
import { namesToAsk } from '../core/explain/tree/ask';
import { render } from '../core/message';
import { shellText } from '../core/shellText';
import type { Host } from '../host/host';
import { lookUpSymbols } from '../host/symbols';
import { sourceDirectory } from './findSources';
import { withRepairs } from './repairs';

export interface DecideOptions {
  /** Where the module's source is, or the text comes from; paths in the text are seen from there. */
  readonly directory: string | undefined;
  readonly signal?: AbortSignal;
  /** Told each command before it runs. All of them only read. */
  readonly onAsk?: (command: string) => void;
}

const TIMEOUT = 10_000;

/**
 * Explains a failure on the host where it happened: asks it for the facts that the text leaves open (the kernel's log, the module file, the
 * headers and symbols of the tree) and explains again with them.
 */
export async function decide(host: Host, kase: Case, options: DecideOptions): Promise<readonly Finding[]> {
  const more = await askAboutLoad(host, kase, options);
  const full = { ...kase, symptoms: [...kase.symptoms, ...more.symptoms] };
  return deepen(host, withNote(explain(full), more.note), full, options);
}

/** Adds to findings what the tree says of the names in them, and the edits that repair the source. */
export async function deepen(
  host: Host,
  findings: readonly Finding[],
  kase: Case,
  options: DecideOptions,
): Promise<readonly Finding[]> {
  const judged = await askTree(host, findings, kase, options);
  const { directory } = options;
  const source = directory === undefined ? undefined : await sourceDirectory(host, directory).catch(() => undefined);
  if (directory === undefined) return judged;
  const makefiles = [...new Set([source?.makefile, source?.kbuild])].filter((file) => file !== undefined);
  return withRepairs(host, judged, { directory, makefiles }, kase.wanted ?? kernelOf(kase));
}

interface Answers {
  readonly symptoms: readonly Symptom[];
  /** Why a question had no answer. */
  readonly note: Evidence | undefined;
}

/** insmod's few words say little: the kernel's log of the same second and the file itself decide. */
async function askAboutLoad(host: Host, kase: Case, options: DecideOptions): Promise<Answers> {
  const refused = firstSaid(kase.symptoms, 'load-refused');
  const isOpen = explain(kase).every(({ confidence }) => confidence !== 'certain');
  if (refused === undefined || !isOpen) return { symptoms: [], note: undefined };
  const file = refused.values['module'] ?? refused.values['name'] ?? '';
  const { text, problem } = await kernelLog(host, options);
  const lines = linesOfLoad(text, file);
  const symptoms = [...asFacts(lines.join('\n')), ...(await moduleInfo(host, file, options))];
  return { symptoms, note: problem === undefined ? undefined : { source: 'host', line: 0, text: `dmesg: ${problem}` } };
}

async function kernelLog(host: Host, options: DecideOptions): Promise<{ text: string; problem: string | undefined }> {
  const result = await ask(host, ['dmesg'], options);
  if (result.code === 0) return { text: result.stdout, problem: undefined };
  const [said = ''] = result.stderr.trim().split('\n');
  return { text: '', problem: said || (result.reason === undefined ? result.outcome : render(result.reason)) };
}

async function moduleInfo(host: Host, file: string, options: DecideOptions): Promise<readonly Symptom[]> {
  const { directory } = options;
  if (!file.endsWith('.ko') || (directory === undefined && !file.startsWith('/'))) return [];
  const path = absolutePath(file, directory ?? '/');
  if ((await host.stat(path).catch(() => undefined)) === undefined) return [];
  const { stdout } = await ask(host, ['modinfo', path], options);
  return asFacts(stdout);
}

function ask(host: Host, argv: readonly [string, ...string[]], { onAsk, signal }: DecideOptions) {
  onAsk?.(shellText(argv));
  return host.run({ argv, timeout: TIMEOUT, outputLimit: 4 * 1024 * 1024, ...(signal && { signal }) });
}

/** What a command of ours printed is a fact of the host, not a line of the user's text. */
function asFacts(output: string): readonly Symptom[] {
  return readSymptoms(output).map((symptom) => ({ ...symptom, source: 'host', line: 0 }));
}

function withNote(findings: readonly Finding[], note: Evidence | undefined): readonly Finding[] {
  if (note === undefined) return findings;
  return findings.map((finding, index) =>
    index === 0 && finding.confidence !== 'certain' ? { ...finding, evidence: [...finding.evidence, note] } : finding,
  );
}

/** The tree that was built for, or the running kernel's. */
async function askTree(
  host: Host,
  findings: readonly Finding[],
  kase: Case,
  { signal, onAsk }: DecideOptions,
): Promise<readonly Finding[]> {
  const names = namesToAsk(findings, kase.symptoms);
  const { facts } = kase;
  const release = kase.wanted ?? kernelOf(kase) ?? facts?.kernel.release;
  const tree = facts?.trees.find((one) => one.release === release && one.hasMakefile)?.path;
  if (names.length === 0 || tree === undefined || release === undefined) return findings;
  onAsk?.(`sh -s -- ${shellText([tree, release, ...names])}  # extension/host/symbols.sh`);
  const known = await lookUpSymbols(host, { tree, release, names }, signal);
  return known === undefined ? findings : findings.map((finding) => judgeByTree(finding, known));
}
