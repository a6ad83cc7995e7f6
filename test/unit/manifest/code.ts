// What the editor's code registers, reads and names, to compare with package.json.
import ts from 'typescript';
import { readSources, walk } from '../l10n/sources';

const sources = readSources('editor');

/** Every string literal of the editor's code. */
export const strings: readonly string[] = sources.flatMap((source) => collect(source, literalText));

/** The files in which a function or method of this name is called. */
export function filesCalling(name: string): readonly string[] {
  return sources.filter((source) => callsOf(source, name).length > 0).map(({ fileName }) => fileName);
}

/** The names of the commands that editor/commands.ts registers. */
export function registeredCommands(): readonly string[] {
  return collect(sourceOf('editor/commands.ts'), (node) =>
    ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name) ? node.name.text : undefined,
  );
}

/** The context keys that editor/contextKeys.ts keeps. */
export function keptContextKeys(): readonly string[] {
  const source = sourceOf('editor/contextKeys.ts');
  const listed = collect(source, (node) =>
    ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name) ? node.name.text : undefined,
  );
  const set = collect(source, (node) =>
    ts.isCallExpression(node) && node.expression.getText() === 'setContext' ? node.arguments[0] : undefined,
  );
  return [...new Set([...listed, ...set.flatMap((argument) => literalText(argument) ?? [])])];
}

/** The settings that editor/settings.ts reads, each with the default given there, as written. */
export function readSettings(): ReadonlyMap<string, string> {
  const calls = callsOf(sourceOf('editor/settings.ts'), 'get').map((call) => call.arguments);
  return new Map(
    calls.map(([name, fallback]) => [literalOrCode(name), fallback === undefined ? '' : fallback.getText()]),
  );
}

/** The names of the properties of an interface of the editor. */
export function propertiesOf(file: string, name: string): readonly string[] {
  const [properties] = collect(sourceOf(file), (node) =>
    ts.isInterfaceDeclaration(node) && node.name.text === name
      ? node.members.map((member) => member.name?.getText() ?? '')
      : undefined,
  );
  if (properties === undefined) throw new Error(`${file} has no interface ${name}`);
  return properties;
}

function sourceOf(file: string): ts.SourceFile {
  const source = sources.find(({ fileName }) => fileName === file);
  if (source === undefined) throw new Error(`there is no extension/${file}`);
  return source;
}

function callsOf(source: ts.SourceFile, name: string): readonly ts.CallExpression[] {
  return collect(source, (node) =>
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === name
      ? node
      : undefined,
  );
}

function literalText(node: ts.Node): string | undefined {
  return ts.isStringLiteralLike(node) ? node.text : undefined;
}

function literalOrCode(node: ts.Expression | undefined): string {
  return node === undefined ? '' : (literalText(node) ?? node.getText());
}

function collect<T>(source: ts.SourceFile, pick: (node: ts.Node) => T | undefined): readonly T[] {
  const picked: T[] = [];
  walk(source, (node) => {
    const one = pick(node);
    if (one !== undefined) picked.push(one);
  });
  return picked;
}
