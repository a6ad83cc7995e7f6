import { message } from '../message';
import { KEY, MODULE, sourceDirectory } from './names';
import dkmsEvery from './scripts/dkmsEvery.sh';
import dkmsHas from './scripts/dkmsHas.sh';
import dkmsRemove from './scripts/dkmsRemove.sh';
import sourceHolds from './scripts/sourceHolds.sh';
import writeSource from './scripts/writeSource.sh';
import { command, script, type Step } from './step';

/** A file of the module's source: a bare name and its text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** The source of our own module, and its version as dkms.conf has it. */
export interface ModuleSource {
  readonly version: string;
  readonly files: readonly SourceFile[];
}

/** The version in a dkms.conf. */
export function dkmsVersion(text: string): string | undefined {
  return /^PACKAGE_VERSION="?([\w.+~-]{1,64})"?\s*$/m.exec(text)?.[1];
}

/** Lays the source where dkms and a later build find it. */
export function sourceStep({ version, files }: ModuleSource): Step {
  const directory = sourceDirectory(version);
  const args = [directory, ...files.flatMap(({ name, text }) => [name, text])];
  return {
    id: 'source',
    title: message('Put the source of toa.ko into {directory}', { directory }),
    actions: [script(writeSource, args)],
    changes: message('The directory {directory}: {files}', {
      directory,
      files: files.map(({ name }) => name).join(' '),
    }),
    paths: [directory],
    check: script(sourceHolds, args),
    needsRoot: true,
    notes: [],
  };
}

/** Hands the source to dkms, which from then on builds it for each kernel that is installed. */
export function dkmsAddStep(version: string): Step {
  return {
    id: 'dkms-add',
    title: message('Register the module with dkms'),
    actions: [command(['dkms', 'add', '-m', MODULE, '-v', version])],
    changes: message('dkms builds the module for every kernel that is installed from now on'),
    paths: [`/var/lib/dkms/${MODULE}`],
    check: script(dkmsHas, [MODULE, version, '', '']),
    undo: script(dkmsRemove, [MODULE, version, '']),
    needsRoot: true,
    notes: [],
  };
}

/** For the kernels that came with the newest headers: dkms did not know the module then. What it takes back is that of `dkms-add`. */
export function dkmsEveryStep(version: string): Step {
  return {
    id: 'dkms-every',
    title: message('Build and install the module for every other kernel that has headers'),
    actions: [script(dkmsEvery, [MODULE, version, 'install'])],
    changes: message('toa.ko below /lib/modules of each of them, and the index that modprobe reads'),
    paths: [],
    check: script(dkmsEvery, [MODULE, version, 'check']),
    needsRoot: true,
    notes: [],
  };
}

export function dkmsBuildStep(version: string, release: string): Step {
  return {
    id: `dkms-build:${release}`,
    title: message('Build the module for {release}', { release }),
    actions: [command(['dkms', 'build', '-m', MODULE, '-v', version, '-k', release])],
    changes: message('Files of the build in {directory}', { directory: `/var/lib/dkms/${MODULE}/${version}` }),
    // dkms makes a signing key of its own where there is none.
    paths: [KEY.key, KEY.certificate],
    check: script(dkmsHas, [MODULE, version, release, 'built']),
    needsRoot: true,
    notes: [],
  };
}

export function dkmsInstallStep(version: string, release: string): Step {
  return {
    id: `dkms-install:${release}`,
    title: message('Install the module for {release}, and index it', { release }),
    actions: [command(['dkms', 'install', '-m', MODULE, '-v', version, '-k', release])],
    changes: message('toa.ko below /lib/modules/{release}, and the index that modprobe reads', { release }),
    // Where exactly is the distribution's choice; dkms makes the directory and removes it.
    paths: [],
    check: script(dkmsHas, [MODULE, version, release, 'installed']),
    undo: script(dkmsRemove, [MODULE, version, release]),
    needsRoot: true,
    notes: [],
  };
}
