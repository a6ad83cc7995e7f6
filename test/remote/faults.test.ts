// The link breaks at twenty points of opening, saving and building: no byte is lost, and nothing is left running.
// The outcome at each point is written to test-results/remote-faults.txt.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../extension/doctor/build';
import { lookAtLostBuild } from '../../extension/doctor/lostBuild';
import { probe } from '../../extension/host/probe';
import { SshHost } from '../../extension/host/ssh/sshHost';
import { root } from '../tools/project';
import { processesMarked } from '../unit/host/processes';
import { startProxy, type Proxy } from './hosts/proxy';
import type { TestHost } from './hosts/server';
import { startSshd } from './hosts/sshd';

const POINTS = 20;
const outcomes: string[] = [];

describe('a link that breaks', () => {
  let server: TestHost;
  let proxy: Proxy;
  let host: SshHost;
  let directory = '';
  beforeAll(async () => {
    server = await startSshd();
    proxy = await startProxy(server);
    host = new SshHost(server.name, { configFile: server.configFile, options: [`Port=${String(proxy.port)}`] });
    directory = mkdtempSync(join(tmpdir(), 'toa-doctor-faults-'));
  });
  afterAll(async () => {
    await host.dispose();
    await proxy.stop();
    await server.stop();
    rmSync(directory, { recursive: true });
    mkdirSync(join(root, 'test-results'), { recursive: true });
    writeFileSync(join(root, 'test-results/remote-faults.txt'), `${outcomes.join('\n')}\n`);
  });

  /** Does it once undisturbed, to know how many bytes pass, then with a cut at each point. */
  async function atEveryPoint(name: string, action: () => Promise<string>): Promise<void> {
    await action();
    const before = proxy.passed;
    await action();
    const total = proxy.passed - before;
    for (let point = 1; point <= POINTS; point += 1) {
      await host.connect();
      proxy.cutAfter(Math.max(1, Math.floor((total * point) / (POINTS + 1))));
      const outcome = await action();
      const cut = proxy.hasCut ? '' : ' (not reached)';
      outcomes.push(`${name} ${String(point).padStart(2)}/${String(POINTS)}: ${outcome}${cut}`);
      proxy.cutAfter(Infinity);
    }
  }

  it('while a file is opened: it is opened all the same', async () => {
    const content = Buffer.alloc(300_000, 'a line of a file\n');
    writeFileSync(join(directory, 'a'), content);
    await atEveryPoint('open', async () => {
      const read = await host.readFile(join(directory, 'a'), 1_000_000);
      expect(Buffer.compare(read, content)).toBe(0);
      return 'whole file';
    });
  });

  it('while a file is saved: it is the old or the new one, and in the end the new one', async () => {
    const path = join(directory, 'b');
    let round = 0;
    await atEveryPoint('save', async () => {
      const content = Buffer.alloc(300_000, `round ${String((round += 1))} `);
      await host.files.write(path, content, 'any');
      expect(readFileSync(path).equals(content)).toBe(true);
      return 'saved';
    });
    await expect.poll(() => readdirSync(directory).sort(), { timeout: 5000 }).toEqual(['a', 'b']);
  });

  it('while a module is built: what came is shown, and nothing is left running', async () => {
    const source = join(directory, 'module');
    const mark = `TOA_TEST=faults-${String(process.pid)}`;
    mkdirSync(source);
    const chatter = `i=0; while [ $$i -lt 300 ]; do echo "line $$i of the build"; i=$$((i + 1)); done; sleep 0.3`;
    writeFileSync(
      join(source, 'Makefile'),
      `obj-m := demo.o\nall:\n\t@${mark} sh -c '(trap "" HUP PIPE; sleep 600) & job=$$!; ${chatter}; kill $$job'\n`,
    );
    const facts = await probe(host, { headerDirectories: [] });
    await atEveryPoint('build', async () => {
      let lines = 0;
      const report = await build(host, {
        directory: source,
        facts,
        wanted: undefined,
        timeout: 60_000,
        onOutput: (text) => (lines += text.split('\n').length - 1),
      });
      expect(['lost', 'failed', 'refused']).toContain(report.outcome); // its Makefile makes no module
      await expect.poll(() => processesMarked(mark), { timeout: 10_000 }).toEqual([]);
      const { running, modules, summary } = await lookAtLostBuild(host, source, facts);
      expect([running, modules]).toEqual([0, []]);
      expect(summary.text).toContain('no module is in {directory}');
      return `${report.outcome}, ${String(lines)} lines shown, 0 processes left`;
    });
    expect(outcomes.filter((line) => line.startsWith('build') && line.includes('lost')).length).toBeGreaterThan(5);
  });
});
