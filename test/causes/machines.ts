// The machines of the provocations, and how one is broken, explained and mended.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explain } from '../../extension/core/explain/engine';
import type { Finding, Remedy } from '../../extension/core/explain/finding';
import { readSymptoms } from '../../extension/core/explain/symptomReader';
import type { Facts } from '../../extension/core/facts';
import { parseAvailable } from '../../extension/core/probe/parseAvailable';
import { parseProbe } from '../../extension/core/probe/parseProbe';
import { shellText } from '../../extension/core/shellText';
import { root } from '../tools/project';
import type { Ended } from '../tools/run';
import { headersRoot } from '../vm/debianKernels';
import { MAKEFILE, source, type KernelName, type Provocation } from './provocation';
import { openSite, type Site } from './site';
import { newestHeaders, sourceRoot } from './trees';

/** The packages that lie over the machine's own files, and the releases of the kernels by their names here. */
interface Machines {
  readonly roots: readonly string[];
  readonly releases: Readonly<Record<KernelName, string>>;
  /** Packages that only some machines have: a kernel's source. */
  readonly source: string;
}

/** What all machines are made of, downloaded if need be. */
export async function machines(): Promise<Machines> {
  const { root: headers, kernels } = await headersRoot();
  const newest = await newestHeaders();
  const release = (series: string, flavour: string, place: number): string =>
    kernels.filter((kernel) => kernel.series === series && kernel.flavour === flavour).at(place)?.release ?? '';
  return {
    roots: [headers, newest.root],
    releases: {
      '5.10': release('5.10', 'amd64', -1),
      '6.1': release('6.1', 'amd64', -1),
      '6.1-older': release('6.1', 'amd64', 0),
      '6.1-cloud': release('6.1', 'cloud-amd64', -1),
      '6.12': release('6.12', 'amd64', -1),
      newest: newest.release,
    },
    source: await sourceRoot(),
  };
}

/** Opens the machine of a provocation, with the module's source, and breaks it. */
export async function openMachine({ roots, releases, source: withSource }: Machines, one: Provocation): Promise<Site> {
  const release = releases[one.kernel ?? '6.1'];
  const running = one.running ?? release;
  const site = await openSite(one.hasSource === true ? [...roots, withSource] : roots, running, {
    R: running,
    TREE: `/lib/modules/${release}/build`,
    OLDER: releases['6.1-older'],
    NEWER: releases['6.1'],
    TOOLS: join(root, 'test/causes'),
  });
  try {
    for (const [name, text] of Object.entries({ Makefile: MAKEFILE, 'demo.c': source(), ...one.files }))
      await site.write(name, text);
    if (one.prepare !== undefined) await mustPass(site, one.prepare);
    return site;
  } catch (error) {
    await site.close();
    throw error;
  }
}

/** Runs a script that has to succeed. */
export async function mustPass(site: Site, script: string): Promise<Ended> {
  const ended = await site.sh(script);
  if (ended.code !== 0)
    throw new Error(`${script.slice(0, 200)}\nended with status ${ended.code}:\n${ended.output.slice(-2000)}`);
  return ended;
}

/** The machine's facts, asked by the extension's own scripts. */
export async function factsOf(site: Site): Promise<Facts> {
  const ask = async (name: string): Promise<string> => {
    const script = await readFile(join(root, 'extension/host', name), 'utf8');
    return (await site.sh(`sh -s 2>/dev/null <<'END-OF-SCRIPT'\n{\n${script}\n} </dev/null\nEND-OF-SCRIPT`)).output;
  };
  const probed = parseProbe(await ask('probe.sh'));
  if ('problem' in probed) throw new Error(probed.problem.text);
  const offered = parseAvailable(await ask('available.sh'));
  const available = 'problem' in offered ? undefined : offered.available;
  return { ...probed.facts, packages: { ...probed.facts.packages, available } };
}

export function explainText(output: string, facts?: Facts): readonly Finding[] {
  return explain({ symptoms: readSymptoms(output), facts, wanted: undefined, makefile: undefined });
}

/** Applies a finding's own remedy, the first that a machine can; gives the kernel to build for, if that is the remedy. */
export async function apply(site: Site, remedies: readonly Remedy[]): Promise<string | undefined> {
  const remedy = remedies.find(({ kind }) => kind === 'command' || kind === 'target');
  if (remedy?.kind === 'target') return remedy.release;
  if (remedy?.kind !== 'command') throw new Error('The finding has no remedy that a machine can apply.');
  for (const argv of remedy.commands) await mustPass(site, shellText(argv));
  return undefined;
}
