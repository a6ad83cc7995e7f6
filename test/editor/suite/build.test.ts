import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually, openMakefile, workspaceFolder } from './support';

async function runTask(
  task: vscode.Task,
): Promise<{ readonly execution: vscode.TaskExecution; readonly ended: Promise<void> }> {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const execution = await vscode.tasks.executeTask(task);
  const listener = vscode.tasks.onDidEndTask((event) => {
    if (event.execution !== execution) return;
    listener.dispose();
    end();
  });
  return { execution, ended };
}

async function taskOf(directory: string): Promise<vscode.Task> {
  return eventually(`a toa task for ${directory}`, async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'toa' });
    return tasks.find(({ definition }) => definition['directory'] === directory);
  });
}

const pinned = (release: string | undefined): Thenable<void> =>
  vscode.workspace.getConfiguration('toa').update('kernelRelease', release, vscode.ConfigurationTarget.Workspace);

/** The processes of this machine that work in a directory. */
function processesIn(directory: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(join('/proc', pid, 'cwd')) === directory;
      } catch {
        return false;
      }
    });
}

/** A plain Debian release in /usr/src, as the editor sees it: its world is not that of the test's own machine. */
function headersOf(series: RegExp): Promise<string> {
  return eventually(`headers of ${series.source} in /usr/src`, () =>
    readdirSync('/usr/src')
      .map((name) => /^linux-headers-(\S+-\d+-amd64)$/.exec(name)?.[1])
      .find((release) => release !== undefined && series.test(release)),
  );
}

describe('The toa task', () => {
  after(() => pinned(undefined));

  it('builds for the pinned kernel without touching the Makefile', async function () {
    this.timeout(120_000);
    const directory = workspaceFolder();
    const release = await headersOf(/^6\.1\./);
    const before = readFileSync(join(directory, 'Makefile'), 'utf8');
    await pinned(release);
    const { ended } = await runTask(
      await eventually('a task for the pinned kernel', async () => {
        const task = await taskOf(directory);
        return task.definition['kernelRelease'] === release ? task : undefined;
      }),
    );
    await ended;
    const vermagic = execFileSync('modinfo', ['-F', 'vermagic', join(directory, 'demo.ko')], { encoding: 'utf8' });
    assert.equal(vermagic.split(' ')[0], release);
    assert.equal(readFileSync(join(directory, 'Makefile'), 'utf8'), before);
    await pinned(undefined);
  });

  it('puts the errors of the compiler at their lines, by $toa-kbuild', async function () {
    this.timeout(120_000);
    const document = await openMakefile('broken', 'obj-m := broken.o\n');
    const source = join(document.fileName, '../broken.c');
    writeFileSync(
      source,
      '#include <linux/module.h>\nint broken(void)\n{\n\treturn nothing_like_this;\n}\nMODULE_LICENSE("GPL");\n',
    );
    await pinned(await headersOf(/^6\.1\./));
    await vscode.commands.executeCommand('toa.diagnose');
    const { ended } = await runTask(await taskOf(join(document.fileName, '..')));
    await ended;
    const problem = await eventually('the compiler’s error', () =>
      vscode.languages
        .getDiagnostics(vscode.Uri.file(source))
        .find(({ message }) => message.includes('nothing_like_this')),
    );
    assert.equal(problem.range.start.line, 3);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    await pinned(undefined);
  });

  it('is cancelled, and leaves no process even of a build that ignores it', async function () {
    this.timeout(60_000);
    // The recipe and its child ignore the polite signal, as a compiler wrapper may.
    const recipe = `@trap '' TERM; echo started > started; sh -c "trap '' TERM; while :; do sleep 1; done"`;
    const document = await openMakefile('hangs', `obj-m := demo.o\nall:\n\t${recipe}\n`);
    const directory = join(document.fileName, '..');
    await vscode.commands.executeCommand('toa.diagnose');
    const { execution, ended } = await runTask(await taskOf(directory));
    await eventually('the build to start', () => (existsSync(join(directory, 'started')) ? true : undefined));
    assert.ok(processesIn(directory).length >= 2);
    execution.terminate();
    await ended;
    await eventually('the end of every process', () => (processesIn(directory).length === 0 ? true : undefined), 5000);
  });
});
