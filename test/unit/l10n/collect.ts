// Collects the texts that need a translation: the literal first argument of each `message(…)` and `vscode.l10n.t(…)`.
import ts from 'typescript';
import { placeOf, walk } from './sources';

/** One text at one place in the sources. */
export interface CollectedText {
  readonly text: string;
  /** `path:line` */
  readonly place: string;
  /** The names given for the {places} of the text; `undefined` when they are not written out in the call. */
  readonly values: readonly string[] | undefined;
}

/** A use of `message` or `l10n.t` whose text cannot be read from the sources. */
export interface UnreadUse {
  /** Path from `extension/`. */
  readonly file: string;
  readonly place: string;
  readonly code: string;
}

export interface Collection {
  readonly texts: readonly CollectedText[];
  readonly unread: readonly UnreadUse[];
}

/** What one source says to the user. */
export function collect(source: ts.SourceFile): Collection {
  const texts: CollectedText[] = [];
  const unread: UnreadUse[] = [];
  const leave = (node: ts.Node): void => {
    unread.push({ file: source.fileName, place: placeOf(node), code: node.getText() });
  };
  const read = (call: ts.CallExpression): void => {
    const [first, second] = call.arguments;
    const found = first === undefined ? undefined : literalTexts(first);
    if (found === undefined) leave(call);
    else texts.push(...found.map((text) => ({ text, place: placeOf(call), values: valueNames(second) })));
  };
  const names = messageNames(source);
  walk(source, (node) => {
    if (!speaks(node, names)) return;
    // As anything but the function of a call, like the argument of a map, it would carry texts nobody can read here.
    if (ts.isCallExpression(node.parent) && node.parent.expression === node) read(node.parent);
    else leave(node);
  });
  return { texts, unread };
}

/** Is it `message` of core/message by the name the source gives it, or `….l10n.t`? */
function speaks(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 't' && /\bl10n$/.test(node.expression.getText());
  return ts.isIdentifier(node) && names.has(node.text) && isReference(node);
}

/** The names by which the source imports `message`. */
function messageNames(source: ts.SourceFile): ReadonlySet<string> {
  const imports = source.statements.filter(ts.isImportDeclaration).filter(isFromMessage);
  return new Set(
    imports.flatMap(({ importClause }) => {
      const bindings = importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
      return bindings.elements
        .filter(({ name, propertyName }) => (propertyName ?? name).text === 'message')
        .map(({ name }) => name.text);
    }),
  );
}

function isFromMessage({ moduleSpecifier }: ts.ImportDeclaration): boolean {
  return ts.isStringLiteral(moduleSpecifier) && /(^|\/)message$/.test(moduleSpecifier.text);
}

/** A use of a variable: no import, and no name of a property. */
function isReference({ parent, text }: ts.Identifier): boolean {
  if (ts.isImportSpecifier(parent)) return false;
  if (ts.isPropertyAccessExpression(parent))
    return ts.isIdentifier(parent.expression) && parent.expression.text === text;
  return !(ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isBindingElement(parent));
}

/** The texts that an expression can be: a literal, or a choice between literals. */
function literalTexts(expression: ts.Expression): readonly string[] | undefined {
  if (ts.isStringLiteral(expression) || ts.isNoSubstitutionTemplateLiteral(expression)) return [expression.text];
  if (ts.isParenthesizedExpression(expression)) return literalTexts(expression.expression);
  if (!ts.isConditionalExpression(expression)) return undefined;
  const yes = literalTexts(expression.whenTrue);
  const no = literalTexts(expression.whenFalse);
  return yes === undefined || no === undefined ? undefined : [...yes, ...no];
}

function valueNames(values: ts.Expression | undefined): readonly string[] | undefined {
  if (values === undefined) return [];
  if (!ts.isObjectLiteralExpression(values)) return undefined;
  const names = values.properties.map(({ name }) =>
    name !== undefined && ts.isIdentifier(name) ? name.text : undefined,
  );
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** The names of the {places} of a text, each once, sorted. */
export function placesOf(text: string): readonly string[] {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  return [...new Set(names)].sort();
}
