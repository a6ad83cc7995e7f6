// The layout of the house, held by lint: core/ is pure, host/ and doctor/ never import editor/, `vscode` stays in editor/ and main.ts.
import js from '@eslint/js';
import sonarjs from 'eslint-plugin-sonarjs';
import { TypeFlags } from 'typescript';
import tseslint from 'typescript-eslint';

/** vscode.l10n.t takes anything as the value of a place, and would print a message there as [object Object]: translate it first. */
const plainValues = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const { getTypeAtLocation, program } = context.sourceCode.parserServices;
    const isPlain = (type) =>
      type.isUnion() ? type.types.every(isPlain) : (type.flags & (TypeFlags.StringLike | TypeFlags.NumberLike)) !== 0;
    return {
      "CallExpression[callee.property.name='t'][callee.object.property.name='l10n']"({ arguments: [, values] }) {
        for (const property of values === undefined ? [] : getTypeAtLocation(values).getProperties()) {
          const type = program.getTypeChecker().getTypeOfSymbol(property);
          if (!isPlain(type)) context.report({ node: values, message: `${property.name} is no text and no number.` });
        }
      },
    };
  },
};

const forbid = (patterns, message) => ({
  'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }],
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test/fixtures/', 'kernel/', 'snippets/', '.vscode-test/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    plugins: { sonarjs },
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './extension/webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'sonarjs/cognitive-complexity': ['error', 15],
      complexity: ['error', 15],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['extension/core/**/*.ts'],
    rules: {
      ...forbid(
        ['vscode', 'node:*', 'execa', '**/host/**', '**/doctor/**', '**/editor/**', '**/cli/**'],
        'core/ is pure: no vscode, no I/O, no other room.',
      ),
      'no-restricted-globals': [
        'error',
        'process',
        'console',
        'fetch',
        'setTimeout',
        'setInterval',
        'Date',
        'performance',
        'Buffer',
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  {
    files: ['extension/host/**/*.ts'],
    rules: forbid(['vscode', '**/doctor/**', '**/editor/**', '**/cli/**'], 'host/ knows core/ alone.'),
  },
  {
    files: ['extension/doctor/**/*.ts'],
    rules: forbid(
      ['vscode', '**/editor/**', '**/cli/**'],
      'doctor/ serves the editor and the terminal, and knows neither.',
    ),
  },
  {
    files: ['extension/cli.ts', 'extension/cli/**/*.ts'],
    rules: { ...forbid(['vscode', '**/editor/**'], 'the terminal has no editor.') },
  },
  {
    files: ['extension/editor/**/*.ts'],
    plugins: { house: { rules: { 'plain-values': plainValues } } },
    rules: { 'house/plain-values': 'error' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'no-console': 'off' },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } } },
);
