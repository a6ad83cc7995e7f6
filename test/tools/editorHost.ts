// Two editors to test in, each VS Code's own server and web workbench, as the npm package code-server ships them under
// lib/vscode, together with the Node that they need. Nothing is downloaded but npm packages.
import { rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cached } from './cache';
import { run } from './run';
import { compiler, requireSystemPackages } from './systemPackages';

/** By version of VS Code: the newest, and the oldest that package.json's `engines` admits. */
export const editorVersions = ['1.139', '1.96'] as const;
export type EditorVersion = (typeof editorVersions)[number];

export interface EditorHost {
  readonly version: EditorVersion;
  /** The Node executable to run it with. */
  readonly node: string;
  /** VS Code's directory, with `out/server-main.js`. */
  readonly vscode: string;
}

/** The exact versions, to download the desktop's VS Code. */
export const desktopVersions: Readonly<Record<EditorVersion, string>> = { '1.139': '1.139.1', '1.96': '1.96.4' };

interface Recipe {
  readonly codeServer: string;
  readonly node: string;
  /** Native modules without a prebuilt binary that the editor cannot do without; the others stay uncompiled. */
  readonly native: readonly string[];
  /** Large parts that the tests do not use. */
  readonly unused: readonly string[];
}

const recipes: Readonly<Record<EditorVersion, Recipe>> = {
  '1.139': {
    codeServer: '4.139.1',
    node: '24.21.0',
    native: ['@vscode/spdlog', '@vscode/native-watchdog'],
    unused: ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot'],
  },
  '1.96': {
    codeServer: '4.96.4',
    node: '20.20.2',
    native: ['node-pty', '@vscode/spdlog', 'native-watchdog'],
    unused: [],
  },
};

/** The editor of this version, installed into the cache when it is not there. Rejects when npm or a compiler fails. */
export async function editorHost(version: EditorVersion): Promise<EditorHost> {
  const recipe = recipes[version];
  const directory = await cached(`editor-${recipe.codeServer}-node-${recipe.node}`, (partial) =>
    install(recipe, partial),
  );
  return { version, node: join(directory, nodePackage, 'bin/node'), vscode: join(directory, vscodeDirectory) };
}

const nodePackage = `node_modules/node-linux-${process.arch}`;
const vscodeDirectory = 'node_modules/code-server/lib/vscode';

async function install(recipe: Recipe, directory: string): Promise<void> {
  await requireSystemPackages(compiler);
  console.log(`Installing code-server ${recipe.codeServer} with Node ${recipe.node} (about a minute)`);
  const node = join(directory, nodePackage);
  const vscode = join(directory, vscodeDirectory);
  const env = { PATH: `${node}/bin${delimiter}${process.env['PATH'] ?? ''}`, npm_config_local_prefix: undefined };
  const npm = (cwd: string, ...args: string[]): Promise<string> => run(['npm', ...args], { cwd, env });

  await writeFile(join(directory, 'package.json'), '{"private":true}');
  const packages = [`node-linux-${process.arch}@${recipe.node}`, `code-server@${recipe.codeServer}`];
  await npm(directory, 'install', '--no-save', '--ignore-scripts', ...packages);
  // It may name a git archive that no package registry has.
  await rm(join(vscode, 'npm-shrinkwrap.json'), { force: true });
  await npm(vscode, 'install', '--ignore-scripts', '--omit=dev');
  await npm(vscode, 'rebuild', `--nodedir=${node}`, ...recipe.native);
  for (const unused of recipe.unused) await rm(join(vscode, unused), { recursive: true, force: true });
}
