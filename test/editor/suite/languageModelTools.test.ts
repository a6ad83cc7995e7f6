import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('Tools for language models', () => {
  it('a model may decode an option', async () => {
    const { content } = await vscode.lm.invokeTool('toa_decode', {
      input: { text: 'fe 08 c3 50 cb 00 71 09' },
      toolInvocationToken: undefined,
    });
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    const { clients } = JSON.parse(part.value) as { clients: readonly unknown[] };
    assert.deepEqual(clients, [{ client: '203.0.113.9:50000', count: 1 }]);
  });

  it('the editor knows all three', () => {
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('toa_'));
    assert.deepEqual(names.sort(), ['toa_decode', 'toa_explain', 'toa_probe']);
  });
});
