import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyFix, eventually, openMakefile } from './support';

const SOURCE = `#include <linux/module.h>
#include <linux/proc_fs.h>
void *demo(struct inode *inode);
void *demo(struct inode *inode)
{
	return PDE_DATA(inode);
}
MODULE_LICENSE("GPL");
`;

const pinned = (release: string | undefined): Thenable<void> =>
  vscode.workspace.getConfiguration('toa').update('kernelRelease', release, vscode.ConfigurationTarget.Workspace);

describe('A source that does not fit the kernel', () => {
  after(() => pinned(undefined));

  it('has the finding at the line, its edit as quick fix, and its page', async function () {
    this.timeout(120_000);
    const release = readdirSync('/usr/src')
      .map((name) => /^linux-headers-(6\.1\.\S+-\d+-amd64)$/.exec(name)?.[1])
      .find((found) => found !== undefined);
    assert.ok(release);
    const makefile = await openMakefile('repair', 'obj-m := repair.o\n');
    const directory = join(makefile.fileName, '..');
    const file = join(directory, 'repair.c');
    writeFileSync(file, SOURCE);
    await pinned(release);
    await vscode.commands.executeCommand('toa.diagnose');
    const task = await eventually('the task', async () =>
      (await vscode.tasks.fetchTasks({ type: 'toa' })).find(({ definition }) => definition['directory'] === directory),
    );
    await vscode.tasks.executeTask(task);
    const document = await vscode.workspace.openTextDocument(file);
    const problem = await eventually(
      'the finding',
      () => vscode.languages.getDiagnostics(document.uri).find(({ source }) => source === 'TOA'),
      60_000,
    );
    assert.equal(problem.code, 'api_function_removed');
    assert.equal(problem.range.start.line, 5);
    assert.ok((problem.relatedInformation ?? []).length > 0);

    await applyFix(document, /^Write pde_data for PDE_DATA/);
    assert.match(document.getText(), /return pde_data\(inode\);/);
    assert.equal(readFileSync(file, 'utf8'), SOURCE, 'nothing is saved for the user');

    await vscode.commands.executeCommand('toa.showFinding');
    await eventually('the page', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ label, input }) => input instanceof vscode.TabInputWebview && label.includes('PDE_DATA')),
    );
  });
});
