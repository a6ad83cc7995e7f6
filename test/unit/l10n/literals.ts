// Finds sentences that the editor shows without asking for their translation.
import ts from 'typescript';
import { placeOf, walk } from './sources';

/** Properties of the editor's own objects that the user reads. */
const SHOWN = new Set(['title', 'label', 'tooltip', 'description', 'detail', 'message', 'placeHolder', 'prompt']);
/** Objects whose constructor takes text that the user reads. */
const SPEAKING = /(^|\.)(CodeAction|Diagnostic|TreeItem|Error)$/;
const SHOW_MESSAGE = /\.window\.(show\w+Message|setStatusBarMessage)$/;

/** `path:line: text` of each text that is shown as it is written. */
export function plainTexts(source: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  walk(source, (node) => {
    for (const shown of shownBy(node)) {
      const text = writtenText(shown);
      if (text !== undefined) found.push(`${placeOf(shown)}: ${text}`);
    }
  });
  return found;
}

/** The expressions that a node puts before the user's eyes. */
function shownBy(node: ts.Node): readonly ts.Expression[] {
  if (ts.isCallExpression(node) && SHOW_MESSAGE.test(node.expression.getText())) return node.arguments;
  if (ts.isNewExpression(node) && SPEAKING.test(node.expression.getText())) return node.arguments ?? [];
  if (ts.isPropertyAssignment(node) && SHOWN.has(node.name.getText())) return [node.initializer];
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  return ts.isPropertyAccessExpression(node.left) && SHOWN.has(node.left.name.text) ? [node.right] : [];
}

/** The words in an expression, when it has letters beside its values, icons and paths; `undefined` when it has none. */
function writtenText(expression: ts.Expression): string | undefined {
  if (ts.isParenthesizedExpression(expression)) return writtenText(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return writtenText(expression.whenTrue) ?? writtenText(expression.whenFalse);
  }
  // `a ?? b`, `a || b`, `a + b`
  if (ts.isBinaryExpression(expression)) return writtenText(expression.left) ?? writtenText(expression.right);
  const text = ownText(expression).replace(/\$\([\w-]+\)/g, '');
  return /[A-Za-z]/.test(text) && /[\sA-Z]/.test(text) ? text : undefined;
}

function ownText(expression: ts.Expression): string {
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (!ts.isTemplateExpression(expression)) return '';
  return [expression.head, ...expression.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join('');
}
