import * as vscode from 'vscode';
import { absolutePath, placeIn, type FilePlace } from '../core/explain/place';
import { openPlace } from './findingView';
import { pathIn } from './place';
import type { Session } from './session';

class PlaceLink extends vscode.TerminalLink {
  constructor(
    startIndex: number,
    length: number,
    /** Where it leads. */
    readonly place: FilePlace,
  ) {
    super(startIndex, length, vscode.l10n.t('Open'));
  }
}

/** Directories that a relative path of make's output may be seen from: the terminal's own, then the module sources. */
function directoriesOf(terminal: vscode.Terminal, session: Session): readonly string[] {
  const { cwd } = terminal.shellIntegration ?? {};
  const sources = session.store.state.sources.map(({ directory }) => directory);
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => pathIn(uri));
  return [...new Set([...(cwd === undefined ? [] : [pathIn(cwd)]), ...sources, ...folders])];
}

/** `toa.c:12:5` in the output of make and gcc is a link, also where kbuild writes it as seen from the module's directory. */
export function registerTerminalLinks(session: Session): vscode.Disposable {
  return vscode.window.registerTerminalLinkProvider({
    async provideTerminalLinks({ line, terminal }): Promise<PlaceLink[]> {
      const place = placeIn(line);
      if (place === undefined) return [];
      const path = await existing(place.path, directoriesOf(terminal, session), session);
      if (path === undefined) return [];
      const { column } = place;
      const written = `${place.path}:${place.line}${column === undefined ? '' : `:${column}`}`;
      return [new PlaceLink(line.indexOf(written), written.length, { ...place, path })];
    },
    async handleTerminalLink({ place }: PlaceLink) {
      await openPlace(place, session);
    },
  });
}

async function existing(path: string, directories: readonly string[], { host }: Session): Promise<string | undefined> {
  const candidates = path.startsWith('/') ? [path] : directories.map((directory) => absolutePath(path, directory));
  for (const candidate of candidates) {
    if ((await host.stat(candidate).catch(() => undefined))?.directory === false) return candidate;
  }
  return undefined;
}
