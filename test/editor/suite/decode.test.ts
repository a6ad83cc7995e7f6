import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('The hover over option bytes', () => {
  it('names the client, over the bytes of the option alone', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'ACK: fe 08 1f 90 0a 01 02 03 seen\n' });
    const [hover, ...others] = await hoversAt(document, 10);
    assert.ok(hover?.range);
    assert.equal(document.getText(hover.range), 'fe 08 1f 90 0a 01 02 03');
    assert.match(textOf(hover), /10\.1\.2\.3:8080/);
    assert.deepEqual(others, []);
    assert.deepEqual(await hoversAt(document, 31), []);
  });

  it('is silent over a UUID', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'fe081f90-0a01-0203-fe08-1f900a010203\n' });
    assert.deepEqual(await hoversAt(document, 21), []);
  });
});

function hoversAt(document: vscode.TextDocument, character: number): Thenable<vscode.Hover[]> {
  return vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(0, character),
  );
}

/** Its text as plain text: an escaped or no-break space counts as a space. */
function textOf({ contents }: vscode.Hover): string {
  return contents
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('\\', '');
}
