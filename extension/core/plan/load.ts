import type { Facts } from '../facts';
import { message, type Message } from '../message';
import { MODULE } from './names';
import isLoaded from './scripts/isLoaded.sh';
import load from './scripts/load.sh';
import unload from './scripts/unload.sh';
import { script, type Step } from './step';

/** Loads the installed module now, where it is for the kernel that runs. */
export function loadStep(release: string, facts: Facts): Step {
  const running = facts.kernel.release;
  return {
    id: 'load',
    title: message('Load the module'),
    actions: [script(load, [MODULE])],
    changes: message('The running kernel: new connections show the client’s address'),
    paths: [],
    check: script(isLoaded, [MODULE]),
    undo: script(unload, [MODULE]),
    needsRoot: true,
    skip: whyNot(release, running, facts),
    notes: [
      message(
        'Connections that are open already keep the load balancer’s address. Restart or reload the service if its clients stay connected.',
      ),
      ...(facts.toa.loaded
        ? [
            message(
              'A toa module is loaded. If it is another one, it is unloaded first; the undo does not load it again.',
            ),
          ]
        : []),
    ],
  };
}

/** Why a module for another kernel is not loaded now. */
export function loadedAfterBoot(release: string, running: string): Message {
  return message('{running} is running; the module is for {release} and is loaded when that boots.', {
    running,
    release,
  });
}

function whyNot(release: string, running: string, { environment, security }: Facts): Step['skip'] {
  if (release !== running) return loadedAfterBoot(release, running);
  if (environment.container !== undefined)
    return message('This is a container: its host loads the module, for all containers at once.');
  if (security.modulesDisabled === true)
    return message('Loading modules is switched off until the next boot (kernel.modules_disabled=1).');
  return undefined;
}
