import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually, openMakefile } from './support';

// The first of the suites: nothing has used the extension yet.
describe('The extension', () => {
  it('is not started by a text, though it holds the bytes of an option', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'fe 08 1f 90 0a 01 02 03\n' });
    await vscode.window.showTextDocument(document);
    const at = new vscode.Position(0, 4);
    const hovers = await vscode.commands.executeCommand<unknown[]>('vscode.executeHoverProvider', document.uri, at);
    assert.deepEqual(hovers, []);
    assert.equal(extension().isActive, false);
  });

  it('is started by a Makefile', async () => {
    await openMakefile('starts', 'all:\n\techo hello\n');
    await eventually('the extension to start', () => (extension().isActive ? true : undefined));
  });
});

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(process.env['TOA_DOCTOR_EXTENSION_ID'] ?? '');
  assert.ok(found, 'the extension is not there');
  return found;
}
