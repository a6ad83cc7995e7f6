import * as vscode from 'vscode';
import type { Row } from '../doctorTree';
import { once } from '../once';
import type { OpenWorkshop } from '../workshop';

/** The tree "TOA" and the decoder in the bottom panel. */
export function registerViews(open: OpenWorkshop): vscode.Disposable {
  return vscode.Disposable.from(registerTree(open), registerDecoder(open));
}

function registerTree(open: OpenWorkshop): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const tree = once(async () => {
    const [{ session }, { DoctorTree }] = await Promise.all([open(), import('../doctorTree')]);
    session.store.onDidChange(({ probe, problem }) => {
      view.message = probe === 'failed' ? (problem ?? '') : '';
      changed.fire(undefined);
    });
    return new DoctorTree(session);
  });
  const provider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (row) => [...(await tree()).childrenOf(row)],
    getTreeItem: async (row) => (await tree()).itemOf(row),
  };
  const view = vscode.window.createTreeView('toa.doctor', { treeDataProvider: provider });
  return vscode.Disposable.from(view, changed);
}

function registerDecoder(open: OpenWorkshop): vscode.Disposable {
  const provider: vscode.WebviewViewProvider = {
    async resolveWebviewView(view) {
      (await open()).decoder.resolveWebviewView(view);
    },
  };
  // A hidden page stays: a dropped capture may take long to read, and is not to be had again.
  const webviewOptions = { retainContextWhenHidden: true };
  return vscode.window.registerWebviewViewProvider('toa.decoder', provider, { webviewOptions });
}
