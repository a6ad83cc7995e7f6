import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyFix, eventually, fixesAt, openMakefile, problemsOf } from './support';

const HARD_WIRED = 'obj-m := demo.o\n\nall:\n\tmake -C /lib/modules/`uname -r`/build M=`pwd` modules\n';

describe('A Makefile that takes a kernel without headers', () => {
  it('has the problem on the very characters that choose the kernel', async () => {
    const document = await openMakefile('on-the-characters', HARD_WIRED);
    const [problem, ...others] = await problemsOf(document);
    assert.ok(problem);
    assert.equal(document.getText(problem.range), '`uname -r`');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.match(codeOf(problem), /^(custom_kernel_no_headers|headers_\w+)$/);
    assert.deepEqual(others, []);
  });

  it('says in the hover what they mean on this host', async () => {
    const document = await openMakefile(
      'hover',
      'KVER ?= $(shell uname -r)\nKDIR := /lib/modules/$(KVER)/build\nobj-m := demo.o\nall:\n\t$(MAKE) -C $(KDIR) M=$(PWD)\n',
    );
    await problemsOf(document);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 20),
    );
    const text = hovers.flatMap(({ contents }) => contents.map(textOf)).join('\n');
    assert.match(
      text,
      /\$\(KDIR\)\n→ KDIR = \/lib\/modules\/\$\(KVER\)\/build\n→ KVER = \$\(shell uname -r\)\n→ \/lib\/modules\/\S+\/build/,
    );
    assert.match(text, /No headers for/);
  });

  it('is retargeted by a quick fix, and one undo takes it back', async () => {
    const document = await openMakefile('retarget', HARD_WIRED);
    await applyFix(document, /^Build for 6\.\d+\.\d+\S*, whose headers are here$/);
    const retargeted = document.getText();
    assert.match(retargeted, /^\tmake -C \/lib\/modules\/6\.\d+\S+\/build M=`pwd` modules$/m);
    assert.equal(retargeted.replace(/(?<=modules\/)[^/]+(?=\/build)/, '`uname -r`'), HARD_WIRED);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), HARD_WIRED);
  });

  it('has nothing left to fix after the fix', async () => {
    const document = await openMakefile('twice', HARD_WIRED);
    const [problem] = await problemsOf(document);
    assert.ok(problem);
    await applyFix(document, /^Build for 6/);
    const after = document.getText();
    await eventually('no problems', () =>
      vscode.languages.getDiagnostics(document.uri).length === 0 ? true : undefined,
    );
    const again = (await fixesAt(document, problem)).filter(
      ({ title, edit }) =>
        edit !== undefined && title.startsWith(`Build for ${/modules\/([^/]+)\/build/.exec(after)?.[1] ?? '?'},`),
    );
    assert.deepEqual(again, []);
  });

  it('gets its kernel as a variable, in its own line endings', async () => {
    const document = await openMakefile('variable', HARD_WIRED.replaceAll('\n', '\r\n'));
    await applyFix(document, /^Make the kernel a variable/);
    assert.equal(
      document.getText(),
      'KVER ?= $(shell uname -r)\r\nobj-m := demo.o\r\n\r\nall:\r\n\tmake -C /lib/modules/$(KVER)/build M=`pwd` modules\r\n',
    );
  });

  it('offers the lenses over obj-m', async () => {
    const document = await openMakefile('lenses', HARD_WIRED);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual(
      lenses.map(({ command, range }) => [range.start.line, command?.command]),
      [
        [0, 'toa.build'],
        [0, 'toa.buildFor'],
        [0, 'toa.diagnose'],
      ],
    );
  });
});

describe('Files that are no Makefile of a module', () => {
  it('have no problems', async () => {
    const document = await openMakefile('plain', 'all:\n\tgcc -o tool tool.c\n');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});

/** The cause, when it leads to the page of that cause. */
function codeOf({ code }: vscode.Diagnostic): string {
  if (typeof code !== 'object' || typeof code.value !== 'string') return '';
  return code.target.path.endsWith(`/docs/causes/${code.value}.md`) ? code.value : '';
}

function textOf(content: vscode.Hover['contents'][number]): string {
  return content instanceof vscode.MarkdownString ? content.value : '';
}
