// package.json and the code agree, in both directions.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../tools/project';
import { filesCalling, keptContextKeys, propertiesOf, readSettings, registeredCommands, strings } from './code';
import { manifest, nls } from './manifest';

const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);
const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
const editors = contributes.customEditors.map(({ viewType }) => viewType);
const containers = Object.values(contributes.viewsContainers).flat();
const settings = contributes.configuration.properties;

/** Registered, and not for the palette: quick fixes and the finding's page call them. */
const INTERNAL_COMMANDS = ['toa.applyRemedy', 'toa.applyShownRemedy', 'toa.openEvidence'];
/** Of VS Code, that our texts link to. */
const VSCODE_COMMANDS = ['vscode.openFolder', 'workbench.action.openWalkthrough', 'workbench.trust.manage'];
/** What runs something on the host. */
const HOST_COMMANDS = [
  'toa.build',
  'toa.buildFor',
  'toa.bundle',
  'toa.capture',
  'toa.checkHosts',
  'toa.chooseKernel',
  'toa.diagnose',
  'toa.install',
  'toa.openRemote',
  'toa.remoteTerminal',
  'toa.searchRemote',
  'toa.uninstall',
  'toa.verify',
];
/** VS Code's when-clause contexts that package.json uses: code.visualstudio.com/api/references/when-clause-contexts. */
const VSCODE_KEYS = [
  'editorHasSelection',
  'isWorkspaceTrusted',
  'resourceScheme',
  'terminalTextSelected',
  'view',
  'virtualWorkspace',
  'workspaceFolderCount',
];
/** Other names of the editor's code that look like commands. */
const STATUS_BAR_ITEMS = ['toa.kernel'];
/** Types of webview panels. */
const PANELS = ['toa.finding', 'toa.fleet', 'toa.plan', 'toa.verdict'];

describe('commands', () => {
  test('are registered where they are contributed, and the other way round', () => {
    expect([...registeredCommands()].sort()).toEqual([...commands, ...INTERNAL_COMMANDS].sort());
    expect(filesCalling('registerCommand')).toEqual(['editor/commands.ts']);
  });

  test('in menus are contributed', () => {
    const used = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    expect(used.filter((command) => !commands.includes(command))).toEqual([]);
  });

  test('in welcome texts and the walkthrough are contributed, or VS Code’s own', () => {
    const texts = [...Object.values(nls('')), ...Object.values(nls('.zh-cn'))];
    const linked = texts.flatMap((text) => [...text.matchAll(/\(command:([^)?]+)/g)]).map(([, command]) => command);
    expect(linked.length).toBeGreaterThan(0);
    for (const command of linked) expect([...commands, ...VSCODE_COMMANDS]).toContain(command);
  });

  test('that need a host are disabled without one', () => {
    const enabled = (id: string) => contributes.commands.find(({ command }) => command === id)?.enablement ?? '';
    const asking = commands.filter((id) => /(?<!!)isWorkspaceTrusted/.test(enabled(id)));
    expect(asking.sort()).toEqual(HOST_COMMANDS);
    expect(enabled('toa.trust')).toBe('!isWorkspaceTrusted');
    for (const id of ['toa.remoteTerminal', 'toa.searchRemote']) expect(enabled(id)).toContain('toa-ssh');
  });

  test('named in the code exist, as do views', () => {
    const known = [
      ...commands,
      ...INTERNAL_COMMANDS,
      ...STATUS_BAR_ITEMS,
      ...PANELS,
      ...views,
      ...editors,
      ...views.map((id) => `${id}.focus`),
      ...keptContextKeys(),
    ];
    const named = strings.filter((text) => /^toa\.[\w.]+$/.test(text));
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('when-keys', () => {
  const conditions = [
    ...contributes.commands.map(({ enablement }) => enablement),
    ...Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when)),
    ...contributes.viewsWelcome.map(({ when }) => when),
    ...contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ completionEvents }) => completionEvents.map((event) => event.replace(/^onContext:/, ''))),
    ),
  ].filter((condition) => condition !== undefined);
  const keys = new Set(
    conditions
      .flatMap((condition) => condition.split(/[()]|&&|\|\||!(?!=)/))
      .flatMap((term) => term.trim().split(/ *[!=]= */)[0] ?? []),
  );
  keys.delete('');

  test('of our own are the ones that the code keeps, and each is used', () => {
    expect([...keys].filter((key) => key.startsWith('toa.')).sort()).toEqual([...keptContextKeys()].sort());
    expect(strings.filter((text) => text === 'setContext')).toHaveLength(1);
  });

  test('of VS Code are ones that it has', () => {
    expect([...keys].filter((key) => !key.startsWith('toa.')).sort()).toEqual(VSCODE_KEYS);
  });

  test('tick off each step of the walkthrough by its own', () => {
    const events = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.map(({ completionEvents }) => completionEvents),
    );
    for (const [own] of events) expect(own).toMatch(/^onContext:toa\.\w+$/);
    expect(events).toEqual(events.map(([own = '']) => [own, `${own} && toa.walkthrough`]));
    expect(new Set(events.flat()).size).toBe(2 * events.length);
  });

  test('give the tree a welcome in every window, and one at a time', () => {
    const when = contributes.viewsWelcome.map((one) => one.when ?? '');
    expect(when).toEqual([
      'isWorkspaceTrusted && workspaceFolderCount != 0',
      'isWorkspaceTrusted && workspaceFolderCount == 0',
      '!isWorkspaceTrusted',
    ]);
  });
});

describe('settings', () => {
  test('are read where they are contributed, and the other way round', () => {
    const names = Object.keys(settings).map((name) => name.replace(/^toa\./, ''));
    expect([...readSettings().keys()].sort()).toEqual(names.sort());
    expect(filesCalling('getConfiguration')).toEqual(['editor/settings.ts']);
  });

  test('have the default that the code has', () => {
    for (const [name, fallback] of readSettings()) {
      expect(JSON.stringify(settings[`toa.${name}`]?.default), name).toBe(fallback.replaceAll("'", '"'));
    }
  });

  test('that are restricted in an untrusted workspace exist', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(restrictedConfigurations.length).toBeGreaterThan(0);
    for (const name of restrictedConfigurations) expect(settings).toHaveProperty([name]);
  });
});

describe('views', () => {
  test('stand in containers that exist, and each container has one', () => {
    expect(Object.keys(contributes.views).sort()).toEqual(containers.map(({ id }) => id).sort());
  });

  test('are provided by the code', () => {
    for (const id of views) expect(strings).toContain(id);
  });

  test('are the ones that menus and welcome texts name', () => {
    const conditions = Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when ?? ''));
    const named = conditions.flatMap((when) => [...when.matchAll(/\bview == ([\w.]+)/g)].map(([, id]) => id));
    expect(named.length).toBeGreaterThan(0);
    for (const id of [...named, ...contributes.viewsWelcome.map(({ view }) => view)]) expect(views).toContain(id);
  });
});

describe('custom editors', () => {
  test('are provided by the code', () => {
    expect(editors).toEqual(['toa.capture']);
    for (const id of editors) expect(strings).toContain(id);
  });

  test('open captures of either format, packed or not', () => {
    const [editor] = contributes.customEditors;
    expect(editor?.selector.map(({ filenamePattern }) => filenamePattern)).toEqual([
      '*.pcap',
      '*.pcapng',
      '*.cap',
      '*.pcap.gz',
      '*.pcapng.gz',
      '*.cap.gz',
    ]);
  });
});

describe('tasks', () => {
  test('have the properties that the code reads', () => {
    const [task] = contributes.taskDefinitions;
    expect(task?.type).toBe('toa');
    expect(Object.keys(task?.properties ?? {})).toEqual(propertiesOf('editor/buildTask.ts', 'ToaTaskDefinition'));
  });

  test('use a matcher that exists, with a pattern that exists', () => {
    const matchers = contributes.problemMatchers.map(({ name }) => `$${name}`);
    const patterns = contributes.problemPatterns.map(({ name }) => `$${name}`);
    expect(strings.filter((text) => text.startsWith('$toa'))).toEqual(matchers);
    expect(contributes.problemMatchers.map(({ pattern }) => pattern)).toEqual(patterns);
  });
});

describe('files', () => {
  test('that package.json names are there, or are built', () => {
    const built = readFileSync(join(root, 'esbuild.config.mjs'), 'utf8');
    for (const [name, source] of [
      [manifest.main, 'extension/main.ts'],
      [manifest.bin['toa-doctor'], 'extension/cli.ts'],
    ] as const) {
      const [, program] = /^\.\/dist\/(\w+)\.js$/.exec(name ?? '') ?? [];
      expect(built).toContain(`${program ?? '?'}: '${source}'`);
      expect(existsSync(join(root, source)), source).toBe(true);
    }
    const named = [
      manifest.l10n,
      ...containers.map(({ icon }) => icon),
      ...contributes.snippets.map(({ path }) => path),
      ...contributes.walkthroughs.flatMap(({ icon, steps }) => [icon, ...steps.map(({ media }) => media.svg)]),
    ];
    for (const path of named) expect(existsSync(join(root, path)), path).toBe(true);
  });

  test('of snippets are contributed, each for its languages', () => {
    const languages = {
      'dkms.json': ['properties', 'shellscript'],
      'makefile.json': ['makefile'],
      'shell.json': ['shellscript'],
    };
    const contributed = Object.fromEntries(
      readdirSync(join(root, 'snippets')).map((file) => [
        file,
        contributes.snippets
          .filter(({ path }) => path === `./snippets/${file}`)
          .map(({ language }) => language)
          .sort(),
      ]),
    );
    expect(contributed).toEqual(languages);
  });
});

test('starts for a Makefile, where a TOA source is, and for files of another host; commands, views and captures start it anyway', () => {
  expect(manifest.activationEvents).toEqual([
    'onLanguage:makefile',
    'workspaceContains:toa.c',
    'workspaceContains:*/toa.c',
    'workspaceContains:*/*/toa.c',
    'workspaceContains:dkms.conf',
    'onFileSystem:toa-ssh',
  ]);
});

test('is compiled against the API of the oldest editor it runs in', () => {
  const types = readFileSync(join(root, 'node_modules/@types/vscode/package.json'), 'utf8');
  const { version } = JSON.parse(types) as { version: string };
  expect(manifest.engines.vscode).toBe(`^${version.replace(/\.\d+$/, '')}.0`);
});
