import * as vscode from 'vscode';
import { SCHEME } from '../../core/remote/authority';
import { HostFileError, type DirectoryEntry } from '../../host/host';
import type { FarFiles, FarStat } from '../../host/ssh/farFiles';
import { hostIn } from '../place';
import { translate } from '../translate';
import type { RemoteHosts } from './remoteHosts';

/** VS Code opens no larger files in an editor. */
const FILE_LIMIT = 512 * 1024 * 1024;
/** Milliseconds between two looks at the files that are open. */
const PERIOD = 3000;

interface Seen {
  readonly version: string;
  readonly modified: number;
}

/** Files of hosts reached by ssh, as `toa-ssh://HOST/path`. Those that are open are looked at again and again. */
export class RemoteFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly seen = new Map<string, Seen>();
  private readonly timer: NodeJS.Timeout;
  readonly onDidChangeFile = this.changed.event;

  constructor(private readonly hosts: RemoteHosts) {
    this.timer = setInterval(() => void this.lookAgain(), PERIOD);
  }

  /** Polling stands for it: see {@link lookAgain}. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return this.attempt(uri, async (files) => {
      const stat = await files.stat(uri.path);
      if (stat === undefined) throw vscode.FileSystemError.FileNotFound(uri);
      return this.note(uri, stat);
    });
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const entries = await this.attempt(uri, (files) => files.list(uri.path));
    return entries.map((entry) => [entry.name, typeOf(entry)]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.attempt(uri, (files) => files.read(uri.path, FILE_LIMIT));
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array, options: { readonly overwrite: boolean }): Promise<void> {
    const seen = options.overwrite ? (this.seen.get(uri.toString())?.version ?? 'any') : 'new';
    await this.attempt(uri, async (files) => {
      this.note(uri, await files.write(uri.path, content, seen));
    });
    this.tell(vscode.FileChangeType.Changed, uri);
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    await this.attempt(uri, (files) => files.change('make-directory', uri.path));
    this.tell(vscode.FileChangeType.Created, uri);
  }

  async delete(uri: vscode.Uri, { recursive }: { readonly recursive: boolean }): Promise<void> {
    await this.attempt(uri, (files) => files.change(recursive ? 'remove-tree' : 'remove', uri.path));
    this.tell(vscode.FileChangeType.Deleted, uri);
  }

  async rename(from: vscode.Uri, to: vscode.Uri, { overwrite }: { readonly overwrite: boolean }): Promise<void> {
    const rest = overwrite ? (['overwrite'] as const) : [];
    await this.attempt(from, (files) => files.change('rename', from.path, to.path, ...rest));
    this.tell(vscode.FileChangeType.Deleted, from);
    this.tell(vscode.FileChangeType.Created, to);
  }

  /** A command of ours made files; the explorer shows them. */
  appeared(uris: readonly vscode.Uri[]): void {
    for (const uri of uris) if (uri.scheme === SCHEME) this.tell(vscode.FileChangeType.Created, uri);
  }

  dispose(): void {
    clearInterval(this.timer);
    this.changed.dispose();
  }

  private tell(type: vscode.FileChangeType, uri: vscode.Uri): void {
    if (type === vscode.FileChangeType.Deleted) this.seen.delete(uri.toString());
    this.changed.fire([{ type, uri }]);
  }

  /** All open files of a host in one round trip. */
  private async lookAgain(): Promise<void> {
    const open = vscode.workspace.textDocuments.map(({ uri }) => uri).filter((uri) => this.seen.has(uri.toString()));
    for (const name of new Set(open.map(hostIn))) {
      if (name === undefined) continue;
      const uris = open.filter((uri) => hostIn(uri) === name);
      const paths = uris.map(({ path }) => path);
      // A host that cannot be asked now is asked again later; what the user does there tells of it.
      const stats = await this.hosts
        .get(name)
        .files.statAll(paths)
        .catch(() => undefined);
      stats?.forEach((stat, index) => {
        const uri = uris[index];
        if (uri !== undefined) this.compare(uri, stat);
      });
    }
  }

  private compare(uri: vscode.Uri, stat: FarStat | undefined): void {
    const seen = this.seen.get(uri.toString());
    if (seen === undefined || seen.version === stat?.version) return;
    this.tell(stat === undefined ? vscode.FileChangeType.Deleted : vscode.FileChangeType.Changed, uri);
  }

  /**
   * Remembers what VS Code is told of a file. VS Code tells a change by time and size alone, so a file that changed within what its time
   * can tell apart gets a later one.
   */
  private note(uri: vscode.Uri, stat: FarStat): vscode.FileStat {
    const before = this.seen.get(uri.toString());
    const isSame = before?.version === stat.version;
    const modified = isSame ? before.modified : Math.max(stat.modified, (before?.modified ?? 0) + 1);
    this.seen.set(uri.toString(), { version: stat.version, modified });
    const type = stat.isLink ? linkTo(TYPES[stat.kind]) : TYPES[stat.kind];
    const permissions = stat.mayWrite ? {} : { permissions: vscode.FilePermission.Readonly };
    return { type, ctime: 0, mtime: modified, size: stat.size, ...permissions };
  }

  private async attempt<Result>(uri: vscode.Uri, body: (files: FarFiles) => Promise<Result>): Promise<Result> {
    const name = hostIn(uri);
    if (name === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    // A workspace file of a stranger could name any host.
    if (!vscode.workspace.isTrusted && !this.hosts.recent.includes(name))
      throw vscode.FileSystemError.NoPermissions(
        vscode.l10n.t('{host} is not connected to while this workspace is not trusted.', { host: name }),
      );
    try {
      return await body(this.hosts.get(name).files);
    } catch (error) {
      throw error instanceof HostFileError ? asFileSystemError(error, uri) : error;
    }
  }
}

const TYPES = {
  file: vscode.FileType.File,
  directory: vscode.FileType.Directory,
  other: vscode.FileType.Unknown,
} as const;

function typeOf({ kind, target }: DirectoryEntry): vscode.FileType {
  if (kind !== 'link') return TYPES[kind];
  return linkTo(target === undefined ? vscode.FileType.Unknown : TYPES[target]);
}

/** VS Code's kinds of links are sums. */
function linkTo(type: vscode.FileType): vscode.FileType {
  return vscode.FileType.SymbolicLink | type;
}

function asFileSystemError({ problem, detail }: HostFileError, uri: vscode.Uri): vscode.FileSystemError {
  switch (problem) {
    case 'not-found':
      return vscode.FileSystemError.FileNotFound(uri);
    case 'exists':
      return vscode.FileSystemError.FileExists(uri);
    case 'is-directory':
      return vscode.FileSystemError.FileIsADirectory(uri);
    case 'not-permitted':
      return vscode.FileSystemError.NoPermissions(translate(detail));
    case 'changed':
      return new vscode.FileSystemError(
        vscode.l10n.t('{path} was changed on the host while it was saved. Save again to compare.', { path: uri.path }),
      );
    default:
      return vscode.FileSystemError.Unavailable(translate(detail));
  }
}
