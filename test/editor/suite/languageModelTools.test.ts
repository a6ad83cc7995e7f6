import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

/** The answer of a tool: one JSON value. */
async function ask(tool: string, input: object): Promise<Readonly<Record<string, unknown>>> {
  const { content } = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value) as Readonly<Record<string, unknown>>;
}

describe('Tools for language models', () => {
  it('a model may decode an option', async () => {
    const { clients } = await ask('toa_decode', { text: 'fe 08 c3 50 cb 00 71 09' });
    assert.deepEqual(clients, [{ client: '203.0.113.9:50000', count: 1 }]);
  });

  it('a model may have a log explained', async () => {
    const log = 'make: *** /lib/modules/5.10.0-46-amd64/build: No such file or directory.  Stop.';
    const { findings } = await ask('toa_explain', { log });
    assert.equal((findings as readonly { severity: string }[])[0]?.severity, 'error');
  });

  it('a model may look at the host of the workspace', async () => {
    const { facts, kernels } = await ask('toa_probe', {});
    assert.equal((facts as { version: number }).version, 1);
    assert.ok((kernels as readonly { usable: boolean }[]).some(({ usable }) => usable));
  });

  it('a call without its input fails with one line', async () => {
    await assert.rejects(ask('toa_decode', {}), /text/);
  });

  it('the editor knows all three', () => {
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('toa_'));
    assert.deepEqual(names.sort(), ['toa_decode', 'toa_explain', 'toa_probe']);
  });
});
