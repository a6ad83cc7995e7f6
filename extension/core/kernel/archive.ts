import type { Distribution } from '../facts';
import type { Message } from '../message';
import { message } from '../message';
import type { Release } from './release';

/** Packages of a release that reached its end of life. */
export interface Archive {
  /** Where the packages are now; `undefined` when they stay where they were and only updates stopped. */
  readonly base: string | undefined;
  readonly note: Message;
}

/** Where the packages of a distribution at its end of life are. `undefined` for one that is still served. State: November 2026. */
export function archiveOf(release: Release, distribution: Distribution): Archive | undefined {
  switch (distribution.id) {
    case 'centos':
      return centosVault(release, distribution);
    case 'debian':
      return isVersionUpTo(distribution, 10) ? archived('Debian', distribution, 'archive.debian.org') : undefined;
    case 'ubuntu':
      return ubuntuArchive(distribution);
    case 'amzn':
      return release.generation === 'amzn1' ? frozen('Amazon Linux 1') : undefined;
    default:
      return undefined;
  }
}

/** Each minor release of CentOS had kernels of one base number, and has one folder in the vault. */
function centosVault({ build = '', generation = '' }: Release, distribution: Distribution): Archive | undefined {
  if (!isVersionUpTo(distribution, 8)) return undefined;
  const folder = centosFolders[generation]?.[build.split('.')[0] ?? ''];
  return archived('CentOS', distribution, `vault.centos.org${folder === undefined ? '' : `/${folder}`}`);
}

/** Kernel base number to folder (names of the folders as in the vault; the pairing from memory of each release). */
const centosFolders: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  el6: {
    '71': '6.0',
    '131': '6.1',
    '220': '6.2',
    '279': '6.3',
    '358': '6.4',
    '431': '6.5',
    '504': '6.6',
    '573': '6.7',
    '642': '6.8',
    '696': '6.9',
    '754': '6.10',
  },
  el7: {
    '123': '7.0.1406',
    '229': '7.1.1503',
    '327': '7.2.1511',
    '514': '7.3.1611',
    '693': '7.4.1708',
    '862': '7.5.1804',
    '957': '7.6.1810',
    '1062': '7.7.1908',
    '1127': '7.8.2003',
    '1160': '7.9.2009',
  },
  el8: {
    '80': '8.0.1905',
    '147': '8.1.1911',
    '193': '8.2.2004',
    '240': '8.3.2011',
    '305': '8.4.2105',
    '348': '8.5.2111',
  },
};

/** Long-term releases stay at their place without updates; the others move away. */
function ubuntuArchive(distribution: Distribution): Archive | undefined {
  const [year = 0, month = 0] = (distribution.version ?? '').split('.').map(Number);
  const isLongTerm = year % 2 === 0 && month === 4;
  if (isLongTerm && year > 0 && year <= 20) {
    return {
      base: undefined,
      note: message('Ubuntu {version} gets kernels and headers since its end of life through Ubuntu Pro (ESM) only.', {
        version: distribution.version ?? '',
      }),
    };
  }
  const isClosed = year > 0 && year <= 25 && !isLongTerm;
  return isClosed ? archived('Ubuntu', distribution, 'old-releases.ubuntu.com/ubuntu') : undefined;
}

function archived(name: string, { version = '' }: Distribution, base: string): Archive {
  return {
    base,
    note: message(
      '{name} {version} reached its end of life and its repositories moved. If the package is not found, point them at {base}.',
      { name, version, base },
    ),
  };
}

function frozen(name: string): Archive {
  return { base: undefined, note: message('{name} reached its end of life; its repositories get no new packages.', { name }) };
}

function isVersionUpTo({ version }: Distribution, last: number): boolean {
  const major = Number((version ?? '').split('.')[0]);
  return major > 0 && major <= last;
}
