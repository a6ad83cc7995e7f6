// What a build has come to whose connection broke; the host is this machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { render } from '../../../extension/core/message';
import { BUILD_MARK, lookAtLostBuild } from '../../../extension/doctor/lostBuild';
import { LocalHost } from '../../../extension/host/local';
import { serverFacts } from '../support/facts';

let directory = '';
const host = new LocalHost();
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "toa-doctor lost '"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const look = async (): Promise<readonly [number, string]> => {
  const { running, summary } = await lookAtLostBuild(host, directory, serverFacts('6.1.0-50-amd64'));
  return [running, render(summary)];
};

it('counts what still runs in the directory, and nothing else there', async () => {
  const own = spawn('sleep', ['600'], { cwd: directory, env: { ...process.env, ...BUILD_MARK } });
  const other = spawn('sleep', ['600'], { cwd: directory });
  try {
    await expect.poll(look).toEqual([1, expect.stringContaining('1 processes of the build still run on localhost')]);
  } finally {
    for (const child of [own, other]) child.kill('SIGKILL');
    await Promise.all([own, other].map((child) => once(child, 'close')));
  }
  expect(await look()).toEqual([0, expect.stringContaining(`no module is in ${directory}`)]);
});

it('names the module that is there', async () => {
  writeFileSync(join(directory, 'toa.ko'), 'not whole');
  expect(await look()).toEqual([0, expect.stringContaining('toa.ko (?) is there')]);
});
