import type { Distribution } from '../facts';
import { splitPair, unquote, type Fields } from './report';

/** Words that begin the text of a release file, for systems from before os-release (CentOS 6). */
const RELEASE_FILE_IDS: readonly (readonly [RegExp, string])[] = [
  [/^CentOS/i, 'centos'],
  [/^Red Hat Enterprise/i, 'rhel'],
  [/^Oracle/i, 'ol'],
  [/^Scientific/i, 'scientific'],
  [/^Fedora/i, 'fedora'],
  [/^SUSE Linux Enterprise/i, 'sles'],
  [/^openSUSE/i, 'opensuse'],
];

/** The distribution, from the lines of os-release, or from release files where there is none. */
export function distribution(fields: Fields): Distribution {
  const named = assignments(fields.all('os-release'));
  const files = new Map(fields.all('release-file').map(splitPair));
  const fromFiles = fromReleaseFiles(files);
  const id = named.get('ID')?.toLowerCase() ?? fromFiles.id;
  return {
    id,
    like: (named.get('ID_LIKE') ?? '').toLowerCase().split(' ').filter(Boolean),
    version: exactVersion(id, named.get('VERSION_ID') ?? fromFiles.version, fromFiles.version),
    codename: codename(named, fields),
    name: named.get('PRETTY_NAME') ?? named.get('NAME') ?? fromFiles.name,
  };
}

/** CentOS 7 says `7` in os-release and `7.9.2009` in centos-release; the longer one names the repository. */
function exactVersion(id: string | undefined, version: string | undefined, fromFile: string | undefined) {
  return id === 'centos' && fromFile?.startsWith(`${version ?? ''}.`) === true ? fromFile : version;
}

/** Debian 8 and Ubuntu 14.04 keep the code name elsewhere. */
function codename(named: ReadonlyMap<string, string>, fields: Fields): string | undefined {
  const inVersion = /\(([a-z]+)\)/.exec(named.get('VERSION') ?? '')?.[1];
  const fromLsb = assignments(fields.all('lsb-release')).get('DISTRIB_CODENAME');
  return named.get('VERSION_CODENAME') ?? named.get('UBUNTU_CODENAME') ?? fromLsb ?? inVersion;
}

function fromReleaseFiles(files: ReadonlyMap<string, string>): Pick<Distribution, 'id' | 'version' | 'name'> {
  for (const [file, text] of files) {
    const id = RELEASE_FILE_IDS.find(([pattern]) => pattern.test(text))?.[1];
    if (id !== undefined) return { id, version: /\d[\d.]*/.exec(text)?.[0], name: text };
    if (file === 'alpine-release') return { id: 'alpine', version: text, name: undefined };
  }
  const debian = files.get('debian_version');
  return { id: debian === undefined ? undefined : 'debian', version: debian, name: undefined };
}

function assignments(lines: readonly string[]): ReadonlyMap<string, string> {
  const pairs = lines.flatMap((line): [string, string][] => {
    const equals = line.indexOf('=');
    const value = unquote(line.slice(equals + 1));
    return equals > 0 && value !== '' ? [[line.slice(0, equals), value]] : [];
  });
  return new Map(pairs);
}
