import type { Facts } from '../core/facts';
import { moduleFits, type Fit } from '../core/kernel/fit';
import { readModuleInfo, type ModuleInfo, type ModuleProblem } from '../core/kernel/moduleFile';
import { MODULE } from '../core/plan/names';
import type { Host } from '../host/host';

/** Bytes. Modules are rarely beyond a few megabytes, even with debug information. */
export const MODULE_LIMIT = 256 * 1024 * 1024;

/** A module file in a build directory, and what it is for. */
export interface BuiltModule {
  readonly path: string;
  readonly name: string;
  readonly info: ModuleInfo | ModuleProblem;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Whether the running kernel takes it. */
  readonly fit: Fit | undefined;
}

/** Whether it is one to install and load as `toa`. */
export function isToaModule({ name }: BuiltModule): boolean {
  return name === `${MODULE}.ko`;
}

/** Reads every `.ko` in a directory. One that cannot be read is left out: it is then no module that could be loaded either. */
export async function readModules(host: Host, directory: string, facts: Facts): Promise<readonly BuiltModule[]> {
  const names = await moduleNames(host, directory);
  const modules = await Promise.all(names.map((name) => readModule(host, directory, name, facts)));
  return modules.filter((module) => module !== undefined);
}

/** When each `.ko` in a directory was last written, by path. */
export async function moduleTimes(host: Host, directory: string): Promise<ReadonlyMap<string, number>> {
  const paths = (await moduleNames(host, directory)).map((name) => `${directory}/${name}`);
  const times = await Promise.all(paths.map(async (path) => [path, (await host.stat(path))?.modified ?? 0] as const));
  return new Map(times);
}

async function moduleNames(host: Host, directory: string): Promise<readonly string[]> {
  const entries = await host.readDirectory(directory);
  return entries.filter(({ kind, name }) => kind !== 'directory' && name.endsWith('.ko')).map(({ name }) => name);
}

async function readModule(host: Host, directory: string, name: string, facts: Facts): Promise<BuiltModule | undefined> {
  const path = `${directory}/${name}`;
  const stat = await host.stat(path);
  const bytes = await host.readFile(path, MODULE_LIMIT).catch(() => undefined);
  if (stat === undefined || bytes === undefined) return undefined;
  const info = readModuleInfo(bytes);
  const fit = info.kind === 'module' ? moduleFits(info, facts.kernel) : undefined;
  return { path, name, info, modified: stat.modified, fit };
}
