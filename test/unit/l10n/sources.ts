// The extension's sources as syntax trees.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../tools/project';

/** Every TypeScript file under `extension/<folder>`, parsed; each is named by its path from `extension/`. */
export function readSources(folder = '.'): readonly ts.SourceFile[] {
  const extension = join(root, 'extension');
  return readdirSync(join(extension, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file).replaceAll('\\', '/'))
    .sort()
    .map((path) => parse(path, readFileSync(join(extension, path), 'utf8')));
}

/** A text as a syntax tree whose nodes know their parents. */
export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** Calls `visit` with every node below `node`, outermost first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    visit(child);
    walk(child, visit);
  });
}

/** `path:line` of a node. */
export function placeOf(node: ts.Node): string {
  const tree = node.getSourceFile();
  return `${tree.fileName}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
