// What the palette offers in each kind of window: nothing that cannot work there.
import { describe, expect, test } from 'vitest';
import { manifest } from './manifest';
import { holds, type Context } from './whenClause';

const { commands, menus } = manifest.contributes;

/** VS Code lists a command whose enablement holds, unless an entry of the palette's own menu says otherwise. */
function offered(context: Context): readonly string[] {
  const shown = (id: string): boolean =>
    (menus['commandPalette'] ?? []).filter(({ command }) => command === id).every(({ when }) => holds(when, context));
  return commands.filter((one) => holds(one.enablement, context) && shown(one.command)).map(({ command }) => command);
}

const trusted = { isWorkspaceTrusted: true };
const selected = { editorHasSelection: true, terminalTextSelected: true };

/** Those that read what is given to them, and run nothing. */
const READING = ['toa.explain', 'toa.openDecoder', 'toa.openCapture', 'toa.encodeOption', 'toa.showLog'];
/** Those that work on this machine, or on hosts that are named when they run. */
const ON_HOST = ['toa.capture', 'toa.chooseKernel', 'toa.diagnose', 'toa.install', 'toa.verify', 'toa.uninstall'];
const ON_NAMED_HOSTS = ['toa.openRemote', 'toa.checkHosts'];
/** Those for the source in a folder; as long as none was looked for, they look for it, and say which folder to open. */
const IN_FOLDER = ['toa.build', 'toa.buildFor', 'toa.bundle'];
const BY_SSH = ['toa.remoteTerminal', 'toa.searchRemote'];

describe('the palette', () => {
  test.each<[string, Context, readonly string[]]>([
    ['an empty window', { ...trusted, workspaceFolderCount: 0 }, [...READING, ...ON_HOST, ...ON_NAMED_HOSTS]],
    [
      'a folder that was not looked at yet',
      { ...trusted, workspaceFolderCount: 1, resourceScheme: 'file' },
      [...READING, ...ON_HOST, ...ON_NAMED_HOSTS, ...IN_FOLDER],
    ],
    [
      'a folder without a TOA module, once it was looked at',
      { ...trusted, workspaceFolderCount: 1, resourceScheme: 'file', 'toa.checked': true },
      [...READING, ...ON_HOST, ...ON_NAMED_HOSTS, 'toa.bundle', 'toa.showFinding'],
    ],
    [
      'a folder with a TOA module, once it was looked at',
      { ...trusted, workspaceFolderCount: 1, resourceScheme: 'file', 'toa.opened': true, 'toa.checked': true },
      [...READING, ...ON_HOST, ...ON_NAMED_HOSTS, ...IN_FOLDER, 'toa.showFinding'],
    ],
    ['a workspace that is not trusted', { workspaceFolderCount: 1, resourceScheme: 'file' }, [...READING, 'toa.trust']],
    [
      'a folder of a host opened by ssh',
      { ...trusted, workspaceFolderCount: 1, virtualWorkspace: 'toa-ssh', resourceScheme: 'toa-ssh' },
      [...READING, ...ON_HOST, ...ON_NAMED_HOSTS, ...IN_FOLDER, ...BY_SSH],
    ],
    [
      'the same, not trusted',
      { workspaceFolderCount: 1, virtualWorkspace: 'toa-ssh', resourceScheme: 'toa-ssh' },
      [...READING, 'toa.trust'],
    ],
    [
      'a virtual workspace, where no command can run',
      { ...trusted, workspaceFolderCount: 1, virtualWorkspace: 'vscode-vfs', resourceScheme: 'vscode-vfs' },
      [...READING, ...ON_NAMED_HOSTS],
    ],
    [
      'where text is selected',
      { ...selected, workspaceFolderCount: 1 },
      [...READING, 'toa.trust', 'toa.decodeSelection', 'toa.explainTerminal'],
    ],
  ])('of %s', (_, context, expected) => {
    expect([...offered(context)].sort()).toEqual([...expected].sort());
  });
});

describe('when-clauses', () => {
  test.each([
    ['a && !b || c == 1', { a: true }, true],
    ['a && (!b || c)', { a: true, b: true }, false],
    ['(!v || v == toa-ssh) && n != 0', { v: 'toa-ssh', n: 0 }, false],
    ['(!v || v == toa-ssh) && n != 0', { v: 'toa-ssh', n: 2 }, true],
    ['v == x', {}, false],
  ])('%s in %j is %s', (clause, context, expected) => {
    expect(holds(clause, context as Context)).toBe(expected);
  });

  test.each(['a &&', '(a', 'a b'])('%s is none', (clause) => {
    expect(() => holds(clause, {})).toThrow();
  });
});
