// How many times the way there and back is gone, counted on the wire: at thirty milliseconds each is felt.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { farSources } from '../../extension/doctor/farSources';
import { probe } from '../../extension/host/probe';
import { SshHost } from '../../extension/host/ssh/sshHost';
import { startProxy, type Proxy } from './hosts/proxy';
import type { TestHost } from './hosts/server';
import { startSshd } from './hosts/sshd';

let server: TestHost;
let proxy: Proxy;
let host: SshHost;
let directory = '';
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'toa-doctor-trips-'));
  writeFileSync(join(directory, 'Makefile'), 'obj-m := demo.o\n');
  mkdirSync(join(directory, 'many'));
  for (let index = 0; index < 1000; index += 1) writeFileSync(join(directory, 'many', `file-${String(index)}`), '');
  server = await startSshd();
  proxy = await startProxy(server, 15);
  host = new SshHost(server.name, { configFile: server.configFile, options: [`Port=${String(proxy.port)}`] });
  await host.connect();
});
afterAll(async () => {
  await host.dispose();
  await proxy.stop();
  await server.stop();
  rmSync(directory, { recursive: true });
});

it.each<readonly [string, number, () => Promise<unknown>]>([
  ['the probe', 1, () => probe(host, { headerDirectories: [] })],
  ['looking for module sources', 1, () => farSources(host)],
  ['listing a folder of 1,000', 1, () => host.readDirectory(`${directory}/many`)],
  ['looking at ten open files', 1, () => host.files.statAll(Array.from({ length: 10 }, () => `${directory}/Makefile`))],
  [
    'opening a file, as VS Code does it: what it is, then its content',
    2,
    async () => {
      await host.stat(`${directory}/Makefile`);
      await host.readFile(`${directory}/Makefile`, 100_000);
    },
  ],
  ['saving a file', 2, () => host.files.write(`${directory}/Makefile`, Buffer.from('obj-m := a.o\n'), 'any')],
  ['making a file', 2, () => host.files.write(`${directory}/new`, Buffer.from('new'), 'new')],
])('%s: %i', async (_, count, action) => {
  const before = proxy.roundTrips;
  await action();
  expect(proxy.roundTrips - before).toBe(count);
});
