import * as vscode from 'vscode';
import type { Place } from './place';
import type { State, Store } from './store';

/**
 * The one status bar item: the running kernel and whether its headers are there, after the host's name where that is another machine. Nothing
 * else.
 */
export function createKernelStatus(store: Store, { host, isFar }: Place): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('toa.kernel', vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t('TOA: kernel and headers');
  item.command = 'toa.chooseKernel';
  const show = (state: State): void => {
    if (state.facts === undefined) {
      item.hide();
      return;
    }
    const { release } = state.facts.kernel;
    const hasHeaders = state.facts.trees.some((tree) => tree.release === release && tree.hasModpost);
    item.text = `${hasHeaders ? '$(check)' : '$(warning)'} ${isFar ? `${host.name}: ` : ''}${release}`;
    item.tooltip = hasHeaders
      ? vscode.l10n.t(
          'The headers of the running kernel {release} are here. Click to choose the kernel to build for.',
          { release },
        )
      : vscode.l10n.t(
          'The headers of the running kernel {release} are missing. Click to see the kernels that can be built for.',
          { release },
        );
    item.accessibilityInformation = { label: item.tooltip };
    item.show();
  };
  show(store.state);
  return vscode.Disposable.from(item, store.onDidChange(show));
}
