// The collectors find what they are for: else the tests beside them could not fail.
import { describe, expect, test } from 'vitest';
import { collect, placesOf } from './collect';
import { plainTexts } from './literals';
import { parse, readSources } from './sources';

const IMPORT = `import { message, type Message } from '../message';\n`;

function textsOf(code: string): readonly string[] {
  return collect(parse('a.ts', code)).texts.map(({ text }) => text);
}

function unreadOf(code: string): readonly string[] {
  return collect(parse('a.ts', code)).unread.map((use) => use.code);
}

describe('collecting', () => {
  test.each([
    ['a message', `${IMPORT}message('One {a}.', { a });`, ['One {a}.']],
    ['a choice', `${IMPORT}message(many ? 'Many.' : ('One.'));`, ['Many.', 'One.']],
    ['a template without values', `${IMPORT}message(\`One.\`);`, ['One.']],
    ['a message by another name', `import { message as say } from '../core/message'; say('One.');`, ['One.']],
    ['the editor’s own', `vscode.l10n.t('One.'); l10n.t('Two.');`, ['One.', 'Two.']],
  ])('finds %s', (_, code, texts) => {
    expect(textsOf(code)).toEqual(texts);
    expect(unreadOf(code)).toEqual([]);
  });

  test.each([
    ['a variable', `${IMPORT}message(text);`, 'message(text)'],
    ['a template', `${IMPORT}message(\`One \${a}.\`);`, 'message(`One ${a}.`)'],
    ['a sum', `${IMPORT}message('One ' + 'two.');`, `message('One ' + 'two.')`],
    ['half a choice', `${IMPORT}message(many ? 'Many.' : one);`, `message(many ? 'Many.' : one)`],
    ['a function passed on', `${IMPORT}texts.map(message);`, 'message'],
    ['the editor’s own', `vscode.l10n.t(text);`, 'vscode.l10n.t(text)'],
  ])('reports %s', (_, code, use) => {
    expect(unreadOf(code)).toEqual([use]);
  });

  test('leaves what is only called the same', () => {
    expect(collect(parse('a.ts', `const message = 1; send(message); error.message;`))).toEqual({
      texts: [],
      unread: [],
    });
    expect(unreadOf(`${IMPORT}send({ message: 1 }); error.message;`)).toEqual([]);
  });

  test('knows the values and the places', () => {
    const [found] = collect(parse('a.ts', `${IMPORT}\nmessage('{b} {a} {b}', { a, b: 1 });`)).texts;
    expect(found).toEqual({ text: '{b} {a} {b}', place: 'a.ts:3', values: ['a', 'b'] });
    expect(placesOf('{b} {a} {b} {} {a-b}')).toEqual(['a', 'b']);
  });
});

describe('texts without a translation', () => {
  test.each([
    `vscode.window.showErrorMessage('It failed.');`,
    `vscode.window.showErrorMessage(\`\${name} failed.\`);`,
    `vscode.window.showQuickPick(items, { title: 'Which one?' });`,
    `item.tooltip = ready ? vscode.l10n.t('Ready.') : 'Not ready.';`,
    `const row = { label: name ?? 'Unknown' };`,
    `const row = { label: '$(check) ' + 'Ready now' };`,
    `new vscode.CodeAction('Do it', kind);`,
    `throw new Error('It failed.');`,
  ])('%s is one', (code) => {
    expect(plainTexts(parse('a.ts', code))).toHaveLength(1);
  });

  test.each([
    `vscode.window.showErrorMessage(vscode.l10n.t('It failed.'), log);`,
    `const row = { label: \`$(check) \${release}\`, icon: 'Some Icon' };`,
    `const row = { label: \`\${release}, \${machine}\` };`,
    `const row = { description: wsl ? 'wsl' : undefined };`,
    `log.info('Some words for the log');`,
  ])('%s is none', (code) => {
    expect(plainTexts(parse('a.ts', code))).toEqual([]);
  });

  test('are nowhere in the editor', () => {
    expect(readSources('editor').flatMap(plainTexts)).toEqual([]);
  });
});
