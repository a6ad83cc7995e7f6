import * as vscode from 'vscode';
import type { State, Store } from './store';

/** What is true in this window, for package.json: the walkthrough ticks a step off when its key is true, and menus ask them. */
const KEYS: Readonly<Record<string, (state: State) => boolean>> = {
  'toa.opened': ({ sources }) => sources.length > 0,
  'toa.checked': ({ facts }) => facts !== undefined,
  'toa.built': ({ builds, sources }) =>
    [...builds.values()].some(({ outcome }) => outcome === 'built') ||
    sources.some(({ modules }) => modules.some(({ fit }) => fit?.verdict === 'loads')),
  'toa.loaded': ({ facts }) => facts?.toa.loaded === true,
  'toa.verified': ({ verified }) => verified,
};

/** Keeps the context keys of the window true to the state. */
export function keepContextKeys(store: Store): vscode.Disposable {
  const told = new Map<string, boolean>();
  const tell = (state: State): void => {
    for (const [key, isTrue] of Object.entries(KEYS)) {
      const value = isTrue(state);
      if (told.get(key) === value) continue;
      told.set(key, value);
      setContext(key, value);
    }
  };
  tell(store.state);
  return store.onDidChange(tell);
}

/** After a page of VS Code is shown, which may be the walkthrough, milliseconds: by then it has read the steps. */
const STEPS_READ = 1000;

/**
 * VS Code never ticks a step off by a key that was true already when it read the steps, and it reads them when somebody
 * first asks for a walkthrough. Each step therefore asks for `toa.walkthrough` too, which is true for a moment afterwards.
 */
export function announceToWalkthrough(): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const announce = (): void => {
    setContext('toa.walkthrough', true);
    setContext('toa.walkthrough', false);
  };
  const look = (): void => {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    // The pages of VS Code itself are the ones without an input that extensions are told of.
    if (tab === undefined || tab.input !== undefined) return;
    clearTimeout(timer);
    timer = setTimeout(announce, STEPS_READ);
  };
  look();
  return vscode.Disposable.from(vscode.window.tabGroups.onDidChangeTabs(look), {
    dispose: () => {
      clearTimeout(timer);
    },
  });
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
