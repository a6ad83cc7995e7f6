import type { Facts } from '../facts';
import { message, type Message } from '../message';
import { installedPath, MODULE } from './names';
import builtFor from './scripts/builtFor.sh';
import copyModule from './scripts/copyModule.sh';
import isCopied from './scripts/isCopied.sh';
import isIndexed from './scripts/isIndexed.sh';
import weakModules from './scripts/weakModules.sh';
import { command, script, type Step } from './step';

const NOT_IN_IPVS = (): Message =>
  message(
    'The vendor guides copy to kernel/net/netfilter/ipvs, which belongs to the kernel’s package: an update or rpm -V finds a foreign file there. depmod reads extra as well.',
  );

/** Builds a source that dkms does not manage. */
export function makeStep(argv: readonly [string, ...string[]], directory: string, release: string): Step {
  return {
    id: `make:${release}`,
    title: message('Build the module for {release}', { release }),
    actions: [command(argv, directory)],
    changes: message('Files of the build in {directory}', { directory }),
    paths: [],
    check: script(builtFor, [`${directory}/${MODULE}.ko`, release]),
    needsRoot: true,
    notes: [],
  };
}

/** Copies a built or prebuilt module below /lib/modules. */
export function copyStep(file: string, release: string): Step {
  const target = installedPath(release);
  return {
    id: `copy:${release}`,
    title: message('Copy the module to {target}', { target }),
    actions: [script(copyModule, [file, target])],
    changes: message('The file {target}', { target }),
    paths: [target],
    check: script(isCopied, [file, target]),
    needsRoot: true,
    notes: [NOT_IN_IPVS()],
  };
}

/** Without the index modprobe does not find the module. Its undo is made wherever a module's file is put back. */
export function indexStep(release: string): Step {
  return {
    id: `index:${release}`,
    title: message('Make the index of the modules of {release} again', { release }),
    actions: [command(['depmod', '-a', release])],
    changes: message('/lib/modules/{release}/modules.* , which modprobe reads', { release }),
    paths: [],
    check: script(isIndexed, [release, MODULE]),
    needsRoot: true,
    notes: [
      message(
        'The guides that stop at insmod have no such step: modprobe and the loading at boot then fail with “not found”.',
      ),
    ],
  };
}

/** Red Hat's weak-modules links the module into every kernel whose symbols fit, installed now or later. `undefined` on other systems. */
export function weakModulesStep(release: string, facts: Facts): Step | undefined {
  const tool = facts.tools.commands['weak-modules'];
  if (tool === undefined) return undefined;
  const target = installedPath(release);
  return {
    id: `weak-modules:${release}`,
    title: message('Offer the module to the other kernels: weak-modules'),
    actions: [script(weakModules, [tool, '--add-modules', target])],
    changes: message('Links in /lib/modules/*/weak-updates of the kernels whose symbols fit'),
    paths: [],
    undo: script(weakModules, [tool, '--remove-modules', target]),
    needsRoot: true,
    notes: [],
  };
}
