import type { Distribution, Facts, ModuleDirectory } from '../facts';
import { headerPackage } from '../kernel/headerPackage';
import { listCandidates } from '../kernel/candidates';
import { message } from '../message';
import { shellText } from '../shellText';
import type { CommandRemedy, Remedy } from './finding';
import type { Missing } from './missingBuild';

const UNKNOWN_DISTRIBUTION: Distribution = {
  id: undefined,
  like: [],
  version: undefined,
  codename: undefined,
  name: undefined,
};

/** Installs the header package of exactly this release, where one is published. Without facts the release alone tells the distribution. */
export function installHeaders(release: string, facts: Facts | undefined): readonly Remedy[] {
  const found = headerPackage(release, facts?.distribution ?? UNKNOWN_DISTRIBUTION, facts?.packages.manager);
  if (found.kind === 'none') return [];
  const packages = found.packages.join(' ');
  return [
    {
      kind: 'command',
      title: found.exact
        ? message('Install the headers of {release}: {packages}', { release, packages })
        : message('Install the newest headers: {packages}', { packages }),
      commands: found.installCommands,
      privileged: true,
      undo: message('To undo: {commands}', { commands: found.undoCommands.map(shellText).join('; ') }),
      notes: found.notes,
    },
  ];
}

/** Restarts the machine, into the newer kernel where it is known. */
export function reboot(release: string | undefined): Remedy {
  return {
    kind: 'command',
    title:
      release === undefined
        ? message('Reboot the machine into the installed kernel')
        : message('Reboot the machine into {release}', { release }),
    commands: [['shutdown', '-r', '+1', 'TOA Doctor: reboot into the installed kernel']],
    privileged: true,
    undo: message('To cancel within the minute: {command}', { command: 'shutdown -c' }),
  };
}

/** Pins a kernel whose headers are on the host, the best one. */
export function buildForOther(missing: Missing, facts: Facts): readonly Remedy[] {
  const best = listCandidates(facts).find(({ usable, release }) => usable && release !== missing.release);
  if (best?.release === undefined) return [];
  return [
    {
      kind: 'target',
      title: message('Build for {release}, whose headers are here', { release: best.release }),
      release: best.release,
      undo: message('To undo: empty the setting toa.kernelRelease'),
    },
  ];
}

/** Removes what an earlier build left. */
export function makeClean(): CommandRemedy {
  return {
    kind: 'command',
    title: message('Remove the old objects: make clean'),
    commands: [['make', 'clean']],
    privileged: false,
    inSource: true,
    undo: message('Nothing is lost: the next build makes them again'),
  };
}

/** Points the build link of a module directory at the tree that is really for its release, when the host has one. */
export function relink(directory: ModuleDirectory, facts: Facts): readonly Remedy[] {
  const right = facts.trees.find((tree) => tree.release === directory.release && tree.hasMakefile);
  if (right === undefined) return [];
  const link = `${directory.path}/build`;
  const before = directory.build.target;
  return [
    {
      kind: 'command',
      title: message('Point {link} at {tree}, the headers of {release}', {
        link,
        tree: right.path,
        release: directory.release,
      }),
      commands: [['ln', '-sfn', right.path, link]],
      privileged: true,
      ...(before === undefined
        ? {}
        : { undo: message('To undo: {commands}', { commands: shellText(['ln', '-sfn', before, link]) }) }),
    },
  ];
}
