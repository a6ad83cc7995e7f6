import type { KernelTree, ModuleDirectory, TreeLink } from '../facts';
import { kernelOptions, withoutLinker } from './kernel';
import type { Fields } from './report';

/** The directories below `/lib/modules`. */
export function moduleDirectories(fields: Fields): readonly ModuleDirectory[] {
  return fields.records('directory').map(({ value: path, fields: directory }) => ({
    release: path.slice(path.lastIndexOf('/') + 1),
    path,
    build: treeLink(directory, 'build'),
    source: treeLink(directory, 'source'),
    hasModules: directory.is('modules'),
    hasImage: directory.is('image'),
  }));
}

function treeLink(directory: Fields, name: 'build' | 'source'): TreeLink {
  const state = directory.one(`${name}.state`);
  return {
    state: state === 'ok' || state === 'dangling' ? state : 'absent',
    target: directory.one(`${name}.target`),
    path: directory.one(`${name}.path`),
  };
}

/** The header and source trees. */
export function kernelTrees(fields: Fields): readonly KernelTree[] {
  return fields.records('tree').map(({ value: path, fields: tree }) => {
    const config = kernelOptions(tree.all('option'));
    const compiler = tree.one('compiler');
    return {
      path,
      release: tree.one('release'),
      hasMakefile: tree.is('makefile'),
      hasConfiguration: tree.is('configured'),
      hasSymvers: tree.is('symvers'),
      hasModpost: tree.is('modpost'),
      compiler: config['CC_VERSION_TEXT'] ?? (compiler === undefined ? undefined : withoutLinker(compiler).trim()),
      compilerCommand: compilerCommand(tree.all('variable')),
      config,
      package: tree.one('package'),
    };
  });
}

/**
 * The compiler that `CC = …` lines ask for, when they name a version: `$(CROSS_COMPILE)gcc-12` in Debian's and Ubuntu's
 * headers. A literal CROSS_COMPILE goes before it.
 */
function compilerCommand(variables: readonly string[]): string | undefined {
  const assigned = variables.map((line) => /^(?:override )?(CC|CROSS_COMPILE)\s*[:?]?=(.*)$/.exec(line));
  const values = (name: string) => assigned.flatMap((found) => (found?.[1] === name ? [found[2] ?? ''] : []));
  const command = values('CC')
    .flatMap((value) => value.trim().split(/\s+/).slice(-1))
    .find((word) => /(?:gcc|clang)-\d[\d.]*$/.test(word));
  if (command === undefined) return undefined;
  const prefix = values('CROSS_COMPILE').map((value) => value.trim());
  const resolved = command.replace('$(CROSS_COMPILE)', prefix.find((value) => /^[\w.-]+-$/.test(value)) ?? '');
  return /^[\w./+-]+$/.test(resolved) ? resolved : undefined;
}
