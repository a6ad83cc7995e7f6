// An apt of our own: its lists, its cache and its (empty) idea of what is installed lie in one directory that is removed
// afterwards, and the system's apt is only read. Nothing is ever installed with it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, tryRun } from '../tools/run';
import { Unavailable } from '../tools/systemPackages';

export interface PrivateApt {
  /** For the work at hand; removed with the rest. */
  readonly directory: string;
  /** Runs `apt-get` or `apt-cache` against the private state, in {@link directory}; gives its output. */
  readonly apt: (argv: readonly ['apt-get' | 'apt-cache', ...string[]]) => Promise<string>;
}

export interface Sources {
  /** Debian's releases, each with its security suite where it has one. */
  readonly suites: readonly string[];
  /** `amd64`, the kernels' own, unless named. */
  readonly architectures?: readonly ('amd64' | 'arm64')[];
  /** `false` leaves the security suites out. */
  readonly security?: boolean;
}

interface Mirror {
  readonly archive: string;
  readonly security: string | undefined;
}

const CODENAMES: ReadonlySet<string> = new Set([
  'bullseye',
  'bookworm',
  'trixie',
  'forky',
  'sid',
  'stable',
  'oldstable',
]);

/** Releases with a security suite; backports and sid have none. */
const SECURED: ReadonlySet<string> = new Set(['bullseye', 'bookworm', 'trixie', 'forky']);

/** The Debian mirror that this machine uses itself, as its own apt reports it. Rejects on a machine that has none. */
export async function machineMirror(): Promise<Mirror> {
  const named = process.env['TOA_DOCTOR_DEBIAN_MIRROR'];
  if (named !== undefined) return { archive: named, security: undefined };
  const format = '$(COMPONENT) $(RELEASE) $(REPO_URI)';
  const lines = (await run(['apt-get', 'indextargets', '--format', format, 'Created-By: Packages'])).split('\n');
  const main = lines.map((line) => line.split(' ')).filter(([component]) => component === 'main');
  const archive = main.find(([, release = '']) => CODENAMES.has(release))?.[2];
  const security = main.find(([, release = '']) => release.endsWith('-security'))?.[2];
  if (archive === undefined) {
    throw new Unavailable(
      "No Debian mirror is in this machine's apt sources, so there are no Debian kernels to test with. Name one: TOA_DOCTOR_DEBIAN_MIRROR=URL",
    );
  }
  return { archive, security };
}

function sourceLines(mirror: Mirror, suites: readonly string[]): string {
  const source = (uri: string, suite: string): string =>
    `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${uri} ${suite} main\n`;
  const security = (suite: string): string =>
    mirror.security === undefined || !SECURED.has(suite) ? '' : source(mirror.security, `${suite}-security`);
  return suites.map((suite) => source(mirror.archive, suite) + security(suite)).join('');
}

/** How this machine reaches its mirror (proxies, certificates), and nothing else: its hooks would touch its own apt. */
async function acquireSettings(): Promise<string> {
  const settings = (await run(['apt-config', 'dump'])).split('\n');
  return settings.filter((line) => /^Acquire::[^ ]+ "[^"]+";$/.test(line)).join('\n');
}

const configuration = (directory: string, architectures: readonly string[], acquire: string): string => `${acquire}
APT::Architecture "amd64";
APT::Architectures { ${architectures.map((name) => `"${name}";`).join(' ')} };
APT::Install-Recommends "false";
Dir::State "${directory}/state";
Dir::State::Lists "${directory}/lists";
Dir::State::status "${directory}/status";
Dir::Cache "${directory}/cache";
Dir::Etc::Main "/dev/null";
Dir::Etc::Parts "${directory}/empty";
Dir::Etc::SourceList "${directory}/sources.list";
Dir::Etc::SourceParts "${directory}/empty";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "${directory}/empty";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
APT::Sandbox::User "root";
`;

async function open(
  { suites, architectures = ['amd64'], security = true }: Sources,
  directory: string,
): Promise<PrivateApt> {
  for (const part of ['state', 'lists/partial', 'cache/archives/partial', 'empty'])
    await mkdir(join(directory, part), { recursive: true });
  const config = join(directory, 'apt.conf');
  await writeFile(config, configuration(directory, architectures, await acquireSettings()));
  const mirror = await machineMirror();
  const lines = sourceLines(security ? mirror : { ...mirror, security: undefined }, suites);
  await writeFile(join(directory, 'sources.list'), lines);
  await writeFile(join(directory, 'status'), '');
  const options = { env: { APT_CONFIG: config, LC_ALL: 'C' }, cwd: directory };
  // A suite that the mirror no longer serves fails the update; the others are read all the same.
  const update = await tryRun(['apt-get', '--quiet', 'update'], options);
  if (update.code !== 0) console.error(`apt-get update, private lists:\n${update.output}`);
  return { directory, apt: (argv) => run(argv, options) };
}

/** Gives `work` a private apt that knows these sources, and removes it afterwards. */
export async function withPrivateApt<T>(sources: Sources, work: (apt: PrivateApt) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'toa-doctor-apt-'));
  try {
    return await work(await open(sources, directory));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
