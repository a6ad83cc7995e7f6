// The whole way on real headers: probe, choose, make, explain, check, by the terminal tool on what looks like a server.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cli, json } from './cli';
import { RUNNING, serverRoot, type ServerRoot } from './serverRoot';
import { moduleWorkspace } from './workspace';

const vermagic = (directory: string): string =>
  execFileSync('modinfo', ['-F', 'vermagic', join(directory, 'demo.ko')], { encoding: 'utf8' }).trim();

let server: ServerRoot;
let newest: string;
let oldest: string;
beforeAll(async () => {
  server = await serverRoot({});
  const plain = server.releases.filter((release) => !release.includes('cloud') && release.startsWith('6.1.'));
  [oldest = '', newest = ''] = [plain[0], plain.at(-1)];
});
afterAll(() => {
  server.remove();
});

let remove: () => void = () => undefined;
function workspace(makefile?: string): string {
  const { path, ...made } = moduleWorkspace(makefile);
  remove = () => {
    made.remove();
  };
  return path;
}
afterEach(() => {
  remove();
});

describe('a Makefile with uname -r, on a kernel without headers', () => {
  const world = () => ({ root: server.root, release: RUNNING });

  it('doctor names the cause without running make, and a kernel whose headers are there', () => {
    const directory = workspace();
    const result = cli(world(), ['doctor', directory, '--json']);
    expect(result.status).toBe(1);
    const report = json(result);
    expect(report['findings']).toMatchObject([{ cause: 'headers_version_mismatch', confidence: 'certain' }]);
    expect(report['target']).toMatchObject({ release: newest });
    expect(existsSync(join(directory, 'demo.o'))).toBe(false);
  });

  it('build fails, and says why by the line of make and by the facts', () => {
    const result = cli(world(), ['build', workspace(), '--json']);
    expect(result.status).toBe(1);
    const report = json(result);
    expect(report).toMatchObject({ outcome: 'failed', meant: RUNNING, modules: [] });
    const [finding] = report['findings'] as { cause: string; evidence: object[] }[];
    expect(finding?.cause).toBe('headers_version_mismatch');
    const line = `make[1]: *** /lib/modules/${RUNNING}/build: No such file or directory.  Stop.`;
    expect(finding?.evidence[0]).toEqual({ source: 'output', line: 2, text: line });
    expect(finding?.evidence).toContainEqual(
      expect.objectContaining({ source: 'host', text: expect.stringContaining(newest) as string }),
    );
  });

  it('builds for each kernel whose headers are there, without touching the Makefile', () => {
    for (const release of [oldest, newest]) {
      const directory = workspace();
      const before = readFileSync(join(directory, 'Makefile'), 'utf8');
      const result = cli(world(), ['build', directory, '--kernel', release, '--json']);
      expect(json(result)).toMatchObject({ outcome: 'built', meant: release, findings: [] });
      expect(result.status).toBe(0);
      expect(vermagic(directory).split(' ')[0]).toBe(release);
      expect(readFileSync(join(directory, 'Makefile'), 'utf8')).toBe(before);
      remove();
    }
  });

  it('refuses a pinned kernel whose headers are not there, before make runs', () => {
    const directory = workspace();
    const result = cli(world(), ['build', directory, '--kernel', RUNNING, '--json']);
    expect(json(result)).toMatchObject({ outcome: 'refused' });
    expect(existsSync(join(directory, 'Module.symvers'))).toBe(false);
  });
});

describe('headers linked wrongly', () => {
  it('make exits 0, and the product says the module is for another kernel', async () => {
    const linked = await serverRoot({ [RUNNING]: `/usr/src/linux-headers-${oldest}` });
    try {
      const directory = workspace();
      const result = cli({ root: linked.root, release: RUNNING }, ['build', directory, '--json']);
      expect(vermagic(directory).split(' ')[0]).toBe(oldest);
      expect(result.status).toBe(1);
      const report = json(result);
      expect(report).toMatchObject({ outcome: 'wrong-kernel', meant: RUNNING });
      const [finding] = report['findings'] as object[];
      expect(finding).toMatchObject({ cause: 'headers_version_mismatch', confidence: 'certain', severity: 'error' });
    } finally {
      linked.remove();
    }
  });

  it('a dangling link is told from a missing one', async () => {
    const linked = await serverRoot({ [RUNNING]: `/usr/src/linux-headers-${RUNNING}` });
    try {
      const report = json(cli({ root: linked.root, release: RUNNING }, ['doctor', workspace(), '--json']));
      expect(report['findings']).toMatchObject([{ cause: 'headers_dangling_symlink', confidence: 'certain' }]);
    } finally {
      linked.remove();
    }
  });
});

describe('a module that make left as it was', () => {
  it('is stale when it is for another kernel than the one meant', () => {
    const directory = workspace(
      'obj-m := demo.o\nall:\n\t@true # make -C /lib/modules/$(shell uname -r)/build M=$(PWD)\n',
    );
    cli({ root: server.root, release: newest }, ['build', directory, '--kernel', oldest]);
    expect(vermagic(directory).split(' ')[0]).toBe(oldest);
    const before = new Date(1_700_000_000_000);
    utimesSync(join(directory, 'demo.ko'), before, before);
    const result = cli({ root: server.root, release: newest }, ['build', directory, '--json']);
    expect(json(result)).toMatchObject({ outcome: 'wrong-kernel', findings: [{ cause: 'stale_build_artifacts' }] });
  });
});

describe('variables of the Makefile', () => {
  it('are used where they decide, and the result is for the pinned kernel', () => {
    const directory = workspace(
      'KVER ?= $(shell uname -r)\nobj-m := demo.o\nall:\n\t$(MAKE) -C /lib/modules/$(KVER)/build M=$(CURDIR) modules\n',
    );
    const result = cli({ root: server.root, release: RUNNING }, ['build', directory, '--kernel', oldest, '--json']);
    expect(result.stderr).toContain(`make KVER=${oldest}`);
    expect(json(result)).toMatchObject({ outcome: 'built' });
    expect(vermagic(directory).split(' ')[0]).toBe(oldest);
  });
});

describe('bad input: one clear line, and nothing lost', () => {
  const world = () => ({ root: server.root, release: newest });
  const summary = (directory: string, ...args: string[]): string =>
    String(json(cli(world(), ['build', directory, '--json', ...args]))['summary']);

  it('no Makefile', () => {
    const directory = workspace();
    execFileSync('rm', [join(directory, 'Makefile')]);
    expect(summary(directory)).toBe(
      `${directory} has no Makefile and no Kbuild file: choose the folder with the module’s source.`,
    );
  });

  it('no such directory', () => {
    expect(summary('/nowhere')).toBe('/nowhere does not exist.');
  });

  it('a Makefile that builds no module', () => {
    expect(summary(workspace('all:\n\techo hello\n'))).toMatch(/^make succeeded and left no module in/);
  });

  it('a directory with a space', () => {
    const directory = join(workspace(), 'with space');
    execFileSync('mkdir', [directory]);
    writeFileSync(join(directory, 'Makefile'), 'obj-m := demo.o\n');
    expect(summary(directory, '--kernel', newest)).toMatch(/path has a blank or a colon/);
  });

  it('a Makefile of 5 MB, and one with CRLF', () => {
    const makefile = readFileSync(join(workspace(), 'Makefile'), 'utf8');
    remove();
    const large = workspace(`${makefile}\n${'# padding of a Makefile\n'.repeat(220_000)}`);
    expect(summary(large)).toContain(`built for ${newest}`);
    remove();
    const before = makefile.replaceAll('\n', '\r\n');
    const crlf = workspace(before);
    const text = json(cli(world(), ['build', crlf, '--kernel', newest, '--json']));
    expect(text['outcome']).toBe('built');
    expect(readFileSync(join(crlf, 'Makefile'), 'utf8')).toBe(before);
  });

  it('no gcc', () => {
    const directory = workspace();
    const report = json(
      cli(world(), ['build', directory, '--json'], {
        env: { PATH: pathWithout('gcc', 'gcc-12', 'x86_64-linux-gnu-gcc-12') },
      }),
    );
    expect(report).toMatchObject({
      outcome: 'failed',
      findings: [{ cause: 'compiler_not_found', confidence: 'certain' }],
    });
  });

  it('no make', () => {
    const report = json(cli(world(), ['build', workspace(), '--json'], { env: { PATH: pathWithout('make') } }));
    expect(report).toMatchObject({
      outcome: 'refused',
      summary: 'make could not be started: make is not installed, or not in PATH',
    });
  });

  it('a full disk', () => {
    const source = workspace();
    const small = join(source, 'small');
    mkdirSync(small);
    // Enough for the source, not for an object.
    const onSmallDisk = 'mount -t tmpfs -o size=64k none "$0" && cp "$1"/Makefile "$1"/*.c "$0" && shift && exec "$@"';
    const result = cli(world(), ['build', small, '--json'], { through: ['sh', '-c', onSmallDisk, small, source] });
    expect(json(result)).toMatchObject({ outcome: 'failed', findings: [{ cause: 'disk_full' }] });
  });

  it('a directory that the user may not write', () => {
    const directory = workspace();
    chmodSync(directory, 0o755);
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const result = cli(world(), ['build', directory, '--json'], { through: nobody });
    expect(json(result)).toMatchObject({ outcome: 'failed', findings: [{ cause: 'directory_not_writable' }] });
    expect(existsSync(join(directory, 'demo.ko'))).toBe(false);
  });

  it('a hundred megabytes of output', () => {
    const directory = workspace(
      'all:\n\tyes "a line of output that says nothing at all" | head -c 100000000\n\tfalse\n',
    );
    expect(summary(directory)).toMatch(/^make failed: make: \*\*\* \[.*Error 1$/);
  });
});

const scratch: string[] = [];
/** A PATH with links to every command of this machine but those named. */
function pathWithout(...names: readonly string[]): string {
  const directory = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
  scratch.push(directory);
  for (const source of ['/usr/local/bin', '/usr/sbin', '/usr/bin']) {
    execFileSync('sh', ['-c', 'ln -s "$1"/* "$2"/ 2>/dev/null || true', 'sh', source, directory]);
  }
  for (const name of names) execFileSync('rm', ['-f', join(directory, name)]);
  return directory;
}
afterAll(() => {
  execFileSync('rm', ['-rf', ...scratch]);
});
