import type { Facts } from '../core/facts';
import { examine, meantRelease, readMakefile, type ExaminedTree } from '../core/explain/examine';
import { findObjects, isKbuild } from '../core/makefile/kbuild';
import { choose, type Choice } from '../core/kernel/choose';
import type { Message } from '../core/message';
import type { Host } from '../host/host';
import { probe, probeAvailable } from '../host/probe';
import { readModules, type BuiltModule } from './builtModules';
import { findSourceDirectories } from './findSources';
import { readSource, type Source } from './readSource';

export interface DiagnoseRequest {
  /** Directories to look for module sources in. */
  readonly roots: readonly string[];
  readonly headerDirectories: readonly string[];
  /** The pinned release; absent when the Makefile decides. */
  readonly wanted: string | undefined;
  /** The header packages on offer, as an earlier diagnosis found them: asking a package manager takes seconds. */
  readonly available?: readonly string[] | undefined;
  readonly signal?: AbortSignal;
}

/** What is known of a host and of the module sources in a workspace. */
export interface Diagnosis {
  readonly facts: Facts;
  readonly choice: Choice;
  readonly sources: readonly SourceReport[];
}

/** One directory with a module's source. */
export interface SourceReport {
  readonly directory: string;
  /** The file that decides the kernel, or the one kbuild reads; absent when it could not be read. */
  readonly file: string | undefined;
  /** Why it could not be read. */
  readonly problem: Message | undefined;
  readonly objects: readonly string[];
  /** The release a plain make builds for here. */
  readonly meant: string | undefined;
  readonly trees: readonly ExaminedTree[];
  readonly modules: readonly BuiltModule[];
}

/** Probes the host and examines every module source below the roots. Rejects with a ProbeError when the host cannot be asked. */
export async function diagnose(host: Host, request: DiagnoseRequest): Promise<Diagnosis> {
  const { roots, wanted } = request;
  const facts = await probeFully(host, request);
  const found = await Promise.all(roots.map((root) => findSourceDirectories(host, root)));
  const reports = await Promise.all(found.flat().map(({ path }) => report(host, path, facts, wanted)));
  return { facts, choice: choose(facts, wanted), sources: reports.filter((one) => one !== undefined) };
}

/** The probe, and the slower question for available packages only where the running kernel's headers are missing. */
async function probeFully(host: Host, { headerDirectories, available, signal }: DiagnoseRequest): Promise<Facts> {
  const facts = await probe(host, { headerDirectories, ...(signal === undefined ? {} : { signal }) });
  if (facts.trees.some(({ release }) => release === facts.kernel.release)) return facts;
  // A package manager that does not answer leaves the question open; the diagnosis goes on without it.
  const offered = available ?? (await probeAvailable(host, signal).catch(() => undefined));
  return { ...facts, packages: { ...facts.packages, available: offered } };
}

async function report(
  host: Host,
  directory: string,
  facts: Facts,
  wanted: string | undefined,
): Promise<SourceReport | undefined> {
  const source = await readSource(host, directory);
  if ('refused' in source) {
    return {
      directory,
      file: undefined,
      problem: source.refused,
      objects: [],
      meant: undefined,
      trees: [],
      modules: [],
    };
  }
  const reading = source.makefile && readMakefile(source.makefile, directory, facts);
  if (!isModuleSource(source, reading?.trees.length ?? 0)) return undefined;
  return {
    directory,
    file: source.files.makefile ?? source.files.kbuild,
    problem: undefined,
    objects: source.kbuild === undefined ? [] : findObjects(source.kbuild).map(({ name }) => name),
    meant: reading && meantRelease(reading, facts),
    trees: reading === undefined ? [] : examine(reading, facts, wanted),
    modules: await readModules(host, directory, facts),
  };
}

/** Many folders have a Makefile; one for a kernel module lists objects for kbuild or enters a kernel tree. */
function isModuleSource({ kbuild }: Source, trees: number): boolean {
  return trees > 0 || (kbuild !== undefined && isKbuild(kbuild));
}
