// The main job as a person does it, in the packaged extension: build, see why it fails at the very characters of the Makefile,
// take the fix, build again, and have a module for that kernel.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { RUNNING, serverRoot, type ServerRoot } from '../headers/serverRoot';
import { moduleWorkspace } from '../headers/workspace';
import { withEditor } from './harness/editor';
import { mainJob } from './harness/mainJob';

const vermagic = (directory: string): string =>
  execFileSync('modinfo', ['-F', 'vermagic', join(directory, 'demo.ko')], { encoding: 'utf8' }).trim();

const made: { remove(): void }[] = [];
async function server(links: Readonly<Record<string, string>>): Promise<ServerRoot> {
  const root = await serverRoot(links);
  made.push(root);
  return root;
}
function workspace(): string {
  const directory = moduleWorkspace();
  made.push(directory);
  return directory.path;
}
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

/** The newest plain Debian kernel of the running one's series: the nearest whose headers are there. */
function nearest({ releases }: ServerRoot): string {
  const plain = releases.filter((release) => /^6\.1\.[\d-]+-amd64$/.test(release));
  return plain.at(-1) ?? '';
}

describe('a Makefile that reads uname -r, on a kernel whose headers are not there', () => {
  it('fails, says why, is fixed with one click, and builds for a kernel whose headers are there', async () => {
    const root = await server({});
    const directory = workspace();
    const release = nearest(root);
    await withEditor(
      'main-job',
      { workspace: directory, world: { root: root.root, release: RUNNING } },
      async (editor) => {
        await mainJob(editor, { running: RUNNING, headers: release, pictures: true });
        expect(readFileSync(join(directory, 'Makefile'), 'utf8')).toContain(
          `make -C /lib/modules/${release}/build M=\`pwd\` modules`,
        );
        expect(vermagic(directory).split(' ')[0]).toBe(release);
      },
    );
  });
});

describe('headers linked wrongly', () => {
  it('make exits 0, and the product says that the module is for another kernel', async () => {
    const other = nearest(await server({}));
    const root = await server({ [RUNNING]: `/usr/src/linux-headers-${other}` });
    const directory = workspace();
    await withEditor(
      'wrong-link',
      { workspace: directory, world: { root: root.root, release: RUNNING } },
      async (editor) => {
        await editor.openFile('Makefile');
        await editor.runCommand('TOA: Build Module');
        await editor.notification(
          `leads to the headers of ${other}, so the module is for ${other}, not for ${RUNNING}`,
        );
        expect(vermagic(directory).split(' ')[0]).toBe(other);
        const problem = await editor.problem('leads to the headers of');
        expect(await problem.innerText()).toContain('[Ln 4, Col 23]');
        await editor.screenshot('wrong-link');
      },
    );
  });
});
