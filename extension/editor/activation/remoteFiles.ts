import * as vscode from 'vscode';
import { SCHEME } from '../../core/remote/authority';
import { once } from '../once';
import type { OpenWorkshop } from '../workshop';

/** Files of hosts reached by ssh, as `toa-ssh://HOST/path`. */
export function registerRemoteFiles(open: OpenWorkshop): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const loaded = once(async () => {
    const { files } = await open();
    files.onDidChangeFile((changes) => {
      changed.fire(changes);
    });
    return files;
  });
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => (await loaded()).stat(uri),
    readDirectory: async (uri) => (await loaded()).readDirectory(uri),
    readFile: async (uri) => (await loaded()).readFile(uri),
    writeFile: async (uri, content, options) => (await loaded()).writeFile(uri, content, options),
    createDirectory: async (uri) => (await loaded()).createDirectory(uri),
    delete: async (uri, options) => (await loaded()).delete(uri, options),
    rename: async (from, to, options) => (await loaded()).rename(from, to, options),
  };
  const registration = vscode.workspace.registerFileSystemProvider(SCHEME, provider, { isCaseSensitive: true });
  return vscode.Disposable.from(registration, changed);
}
