import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('The editor under test', () => {
  it('has the version that was asked for', () => {
    const wanted = process.env['TOA_DOCTOR_EDITOR'] ?? '';
    assert.match(wanted, /^1\.\d+$/);
    assert.ok(vscode.version.startsWith(`${wanted}.`), `VS Code ${vscode.version} instead of ${wanted}`);
  });

  it('runs the extension from this checkout, and it activates', async () => {
    const extension = vscode.extensions.getExtension(process.env['TOA_DOCTOR_EXTENSION_ID'] ?? '');
    assert.ok(extension, 'the extension is not there');
    assert.equal(extension.extensionPath, process.env['TOA_DOCTOR_EXTENSION_PATH']);
    await extension.activate();
    assert.ok(extension.isActive);
  });

  it('has the workspace open', async () => {
    const folder = vscode.workspace.workspaceFolders?.at(0);
    assert.ok(folder);
    const makefile = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'Makefile'));
    assert.match(makefile.getText(), /uname -r/);
  });
});
