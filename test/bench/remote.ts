// How long it takes on another host, at 0 and at 30 ms round trip, beside ssh and scp by hand in the same run.
// node test/bench/remote.mjs
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lend } from '../../extension/host/host';
import { probe } from '../../extension/host/probe';
import { SshHost } from '../../extension/host/ssh/sshHost';
import { checkHosts } from '../../extension/doctor/checkHosts';
import { startProxy } from '../remote/hosts/proxy';
import { startSshd } from '../remote/hosts/sshd';

type Row = readonly [string, number];

async function timed(name: string, action: () => unknown): Promise<Row> {
  const started = performance.now();
  await action();
  return [name, Math.round(performance.now() - started)];
}

async function measure(delay: number): Promise<readonly Row[]> {
  const server = await startSshd();
  const proxy = await startProxy(server, delay / 2);
  const options = [`Port=${String(proxy.port)}`];
  const host = new SshHost(server.name, { configFile: server.configFile, options });
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-bench-'));
  const large = Buffer.alloc(10_485_760, 'a line\n');
  writeFileSync(join(directory, 'large'), large);
  writeFileSync(join(directory, 'small'), 'all:\n');
  mkdirSync(join(directory, 'many'));
  for (let index = 0; index < 1000; index += 1) writeFileSync(join(directory, 'many', String(index)), '');
  const ssh = ['-F', server.configFile, '-o', `Port=${String(proxy.port)}`];
  // Not spawnSync: the proxy lives in this process.
  const byHand = (program: string, ...args: string[]): Promise<unknown> =>
    new Promise((resolve) => {
      execFile(program, [...ssh, ...args], resolve);
    });
  try {
    return [
      await timed('connect', () => host.connect()),
      await timed('probe', () => probe(host, { headerDirectories: [] })),
      await timed('list 1,000', () => host.readDirectory(`${directory}/many`)),
      await timed('open (stat, read)', async () => {
        await host.stat(`${directory}/small`);
        await host.readFile(`${directory}/small`, 1000);
      }),
      await timed('save', () => host.files.write(`${directory}/small`, Buffer.from('new'), 'any')),
      await timed('read 10 MB', () => host.readFile(`${directory}/large`, large.length)),
      await timed('write 10 MB', () => host.files.write(`${directory}/large2`, large, 'any')),
      await timed('20 hosts', () =>
        checkHosts({
          hosts: Array.from({ length: 20 }, (_, index) => `h${String(index)}`),
          lend: (_name, work) => lend(new SshHost(server.name, { configFile: server.configFile, options }), work),
        }),
      ),
      await timed('by hand: ssh true', () => byHand('ssh', server.name, 'true')),
      await timed('by hand: ssh ls 1,000', () => byHand('ssh', server.name, `ls ${directory}/many`)),
      await timed('by hand: scp 10 MB', () =>
        byHand('scp', '-q', `${server.name}:${directory}/large`, `${directory}/copy`),
      ),
    ];
  } finally {
    await host.dispose();
    await proxy.stop();
    await server.stop();
    rmSync(directory, { recursive: true });
  }
}

async function main(): Promise<void> {
  const [near, far] = [await measure(0), await measure(30)];
  console.log(`${'ms'.padEnd(24)}${'0 ms'.padStart(8)}${'30 ms'.padStart(8)}`);
  near.forEach(([name, time], index) => {
    console.log(`${name.padEnd(24)}${String(time).padStart(8)}${String(far[index]?.[1] ?? 0).padStart(8)}`);
  });
}

void main();
