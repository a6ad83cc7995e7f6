import * as vscode from 'vscode';
import type { Facts } from '../core/facts';
import type { BuildReport } from '../doctor/build';
import type { BuiltModule } from '../doctor/builtModules';
import type { SourceReport } from '../doctor/diagnose';

/** All that the views show, as one immutable value. */
export interface State {
  /** `unknown` until the first probe, `failed` with the reason when it could not be made. */
  readonly probe: 'unknown' | 'running' | 'done' | 'failed';
  readonly problem: string | undefined;
  readonly facts: Facts | undefined;
  readonly sources: readonly SourceReport[];
  /** The last build of each directory, newest last. */
  readonly builds: ReadonlyMap<string, BuildReport>;
  /** The last verification found every link of the chain whole. */
  readonly verified: boolean;
}

const EMPTY: State = {
  probe: 'unknown',
  problem: undefined,
  facts: undefined,
  sources: [],
  builds: new Map(),
  verified: false,
};

/** The modules that lie in a source's directory, as far as we know: those of its last build, or those found there. */
export function modulesOf({ directory, modules }: SourceReport, { builds }: State): readonly BuiltModule[] {
  return builds.get(directory)?.modules ?? modules;
}

/** Holds the one state of the window and tells the views when it changes. */
export class Store implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<State>();
  private current = EMPTY;

  /** Fires after each change, with the new state. */
  readonly onDidChange = this.changed.event;

  get state(): State {
    return this.current;
  }

  update(change: Partial<State>): void {
    this.current = { ...this.current, ...change };
    this.changed.fire(this.current);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
