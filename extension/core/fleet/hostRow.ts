import { examine, findingsOf, readMakefile } from '../explain/examine';
import type { Finding } from '../explain/finding';
import type { Facts } from '../facts';
import { usableTrees } from '../explain/missingBuild';
import { fits, type Fit } from '../kernel/fit';
import { parseVermagic } from '../kernel/vermagic';
import { parseMakefile } from '../makefile/parse';
import { message, type Message, type Say } from '../message';
import { shellText } from '../shellText';

/** One host of many, as a line of a table. */
export interface HostRow {
  readonly host: string;
  /** The worst first: not reached, something to do, fine. */
  readonly state: 'unreached' | 'findings' | 'fine';
  readonly distribution: string;
  readonly kernel: string;
  /** Whether a module can be built for the running kernel. */
  readonly headers: boolean;
  /** Files below /lib/modules that the running kernel may take. */
  readonly built: boolean;
  readonly loaded: boolean;
  /** What the running kernel says to the best of those files. */
  readonly fit: Fit['verdict'] | undefined;
  readonly atBoot: boolean;
  /** A cause of the catalogue. */
  readonly cause: string | undefined;
  readonly summary: Message;
  /** The commands of the first remedy, as one types them; empty when there is none. */
  readonly remedy: string;
}

/** A row whose summary is said in somebody's language. */
export type SaidRow = Omit<HostRow, 'summary'> & { readonly summary: string };

/** The rows as they leave the house: for the page, and as JSON. */
export function saidRows(rows: readonly HostRow[], say: Say): readonly SaidRow[] {
  return rows.map((row) => ({ ...row, summary: say(row.summary) }));
}

/** What nearly every module's Makefile does. */
const USUAL = 'obj-m := toa.o\nall:\n\tmake -C /lib/modules/$(shell uname -r)/build M=$(PWD) modules\n';

/** What a host is like for TOA, by its facts alone. */
export function rowOf(host: string, facts: Facts): HostRow {
  const { kernel, distribution, toa } = facts;
  const headers = usableTrees(facts).some(({ release }) => release === kernel.release);
  const verdicts = toa.files.flatMap(({ vermagic }) => verdictOf(vermagic ?? '', facts));
  const fit = (['loads', 'unsure', 'refused'] as const).find((one) => verdicts.includes(one));
  const [finding] = findingsOf(examine(readMakefile(parseMakefile(USUAL), '/', facts), facts, undefined));
  const state = {
    headers,
    built: fit === 'loads' || fit === 'unsure',
    loaded: toa.loaded,
    fit,
    atBoot: toa.autoload.length > 0,
  };
  return {
    host,
    state: finding === undefined && state.built && state.loaded && state.atBoot ? 'fine' : 'findings',
    distribution: distribution.name ?? distribution.id ?? '',
    kernel: kernel.release,
    ...state,
    cause: finding?.cause,
    summary: finding?.title ?? whatIsLeft(state),
    remedy: finding === undefined ? '' : remedyOf(finding),
  };
}

/** A host that could not be asked. */
export function unreachedRow(host: string, why: Message): HostRow {
  const nothing = { headers: false, built: false, loaded: false, fit: undefined, atBoot: false, cause: undefined };
  return { host, state: 'unreached', distribution: '', kernel: '', ...nothing, summary: why, remedy: '' };
}

function verdictOf(text: string, { kernel }: Facts): readonly Fit['verdict'][] {
  const vermagic = parseVermagic(text);
  return vermagic === undefined ? [] : [fits(vermagic, kernel).verdict];
}

function whatIsLeft({ built, loaded, atBoot }: Pick<HostRow, 'built' | 'loaded' | 'atBoot'>): Message {
  if (!built) return message('The headers are there, and no toa.ko is installed for this kernel.');
  if (!loaded) return message('toa.ko is installed and not loaded.');
  return atBoot
    ? message('toa is loaded, and will be after the next boot.')
    : message('toa is loaded, and nothing loads it at boot.');
}

function remedyOf({ remedies }: Finding): string {
  const command = remedies.find((remedy) => remedy.kind === 'command');
  return command === undefined ? '' : command.commands.map((argv) => shellText(argv)).join(' && ');
}
