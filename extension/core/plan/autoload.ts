import type { Facts } from '../facts';
import { message, type Message } from '../message';
import appendLine from './scripts/appendLine.sh';
import fileHolds from './scripts/fileHolds.sh';
import hasLine from './scripts/hasLine.sh';
import removeLine from './scripts/removeLine.sh';
import writeFile from './scripts/writeFile.sh';
import { script, type Step } from './step';

/** How a host loads a module at boot. */
type Autoload =
  | { readonly kind: 'file'; readonly path: string; readonly mode: string; readonly text: string }
  | { readonly kind: 'line'; readonly path: string; readonly line: string };

const NOT_RC_LOCAL = (): Message =>
  message(
    'The vendor guides write insmod into rc.local. That runs after the network services have started, only where the file is executable, and with a path that the next kernel does not have.',
  );

/** Loads the module at every boot, by what the host has for it. */
export function autoloadStep(module: string, facts: Facts): Step {
  const how = autoloadOf(module, facts);
  const named = facts.toa.autoload.find((path) => isReadAtBoot(path));
  const { path } = how;
  const common = {
    id: 'autoload',
    title: message('Load the module at every boot: {path}', { path }),
    changes: message('{path} names the module', { path }),
    paths: [path],
    needsRoot: true,
    skip: named === undefined ? undefined : message('{path} names the module already.', { path: named }),
    notes: [NOT_RC_LOCAL()],
  };
  if (how.kind === 'file') {
    const args = [path, how.mode, how.text];
    return { ...common, actions: [script(writeFile, args)], check: script(fileHolds, args) };
  }
  const args = [path, how.line];
  return {
    ...common,
    actions: [script(appendLine, args)],
    check: script(hasLine, args),
    undo: script(removeLine, args),
  };
}

/** systemd reads modules-load.d (modules-load.d(5)); Red Hat's before it ran `*.modules`; Debian's, Alpine's and Ubuntu's read /etc/modules. */
function autoloadOf(module: string, facts: Facts): Autoload {
  if (facts.environment.init === 'systemd' || Object.hasOwn(facts.tools.commands, 'systemctl'))
    return { kind: 'file', path: `/etc/modules-load.d/${module}.conf`, mode: '644', text: `${module}\n` };
  const { id, like } = facts.distribution;
  if ([id, ...like].some((name) => name === 'rhel' || name === 'centos' || name === 'fedora'))
    return {
      kind: 'file',
      path: `/etc/sysconfig/modules/${module}.modules`,
      mode: '755',
      text: `#!/bin/sh\nexec /sbin/modprobe ${module}\n`,
    };
  return { kind: 'line', path: '/etc/modules', line: module };
}

/** rc.local may not be executable, and a unit may not be enabled: those do not count. */
export function isReadAtBoot(path: string): boolean {
  return /\/modules-load\.d\/|^\/etc\/modules$|\/sysconfig\/modules\/|^\/etc\/conf\.d\/modules$/.test(path);
}
