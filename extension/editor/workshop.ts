import * as vscode from 'vscode';
import { announceToWalkthrough, keepContextKeys } from './contextKeys';
import { DecoderView } from './decoderView';
import { FindingView } from './findingView';
import { createKernelStatus } from './kernelStatus';
import { once } from './once';
import { placeOfWorkspace } from './place';
import { RemoteFileSystem } from './remote/fileSystem';
import { RemoteHosts } from './remote/remoteHosts';
import { Session } from './session';
import { watchWorkspace } from './watchWorkspace';

/** What the commands and views of a window work with. */
export interface Workshop {
  readonly session: Session;
  readonly decoder: DecoderView;
  readonly findings: FindingView;
  readonly hosts: RemoteHosts;
  readonly files: RemoteFileSystem;
  readonly extensionUri: vscode.Uri;
  /** The directory with the source of toa.ko and of its self-test, which go to the host as text. */
  readonly moduleSource: string;
  /** Ends every command that still runs, here and on other hosts. */
  readonly end: () => Promise<void>;
}

/** Gives the window's workshop, made when it is first asked for. */
export type OpenWorkshop = () => Promise<Workshop>;

/** Makes the workshop of this window. Nothing is asked of a host yet, unless a Makefile is there. */
export function makeWorkshop(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Workshop {
  const { extensionUri, subscriptions } = context;
  const hosts = new RemoteHosts(context);
  const files = new RemoteFileSystem(hosts);
  const session = new Session(placeOfWorkspace(hosts), log);
  const decoder = new DecoderView(extensionUri, session.store);
  const findings = new FindingView(session);
  subscriptions.push(
    files,
    session.onDidBuild(({ directory, modules }) => {
      const paths = [`${directory}/modules.order`, ...modules.map(({ path }) => path)];
      files.appeared(paths.map((path) => session.place.uriOf(path)));
    }),
    session,
    findings,
    createKernelStatus(session.store, session.place),
    keepContextKeys(session.store),
    announceToWalkthrough(),
    makefileFeaturesOnceProbed(session, subscriptions),
    watchWorkspace(session),
  );
  return {
    session,
    decoder,
    findings,
    hosts,
    files,
    extensionUri,
    moduleSource: vscode.Uri.joinPath(extensionUri, 'kernel').fsPath,
    end: async () => {
      await Promise.all([session.end(), hosts.end()]);
    },
  };
}

/** Who only decodes never loads what reads Makefiles. */
function makefileFeaturesOnceProbed(
  session: Session,
  subscriptions: vscode.ExtensionContext['subscriptions'],
): vscode.Disposable {
  const register = once(async () => {
    const { registerMakefileFeatures } = await import('./makefileFeatures');
    subscriptions.push(registerMakefileFeatures(session));
  });
  return session.store.onDidChange(() => void register());
}
