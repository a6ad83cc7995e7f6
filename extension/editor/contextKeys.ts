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
      void vscode.commands.executeCommand('setContext', key, value);
    }
  };
  tell(store.state);
  return store.onDidChange(tell);
}
