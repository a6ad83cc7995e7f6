// kTLS keeps copies of TCP's operations: when the module goes, they must not lead into it. 6.12 and later copy at first use.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootableKernel } from './bootable';
import { startMachine, type Machine } from './machine';

let machine: Machine;
beforeAll(async () => {
  machine = await startMachine(await bootableKernel('6.12'));
});
afterAll(async () => {
  await (machine as Machine | undefined)?.stop();
});

test('sockets with kTLS, old and new, outlive the module', async () => {
  const lines = ['loaded', 'unloaded', 'new and unloaded', 'loaded again'].map((when) => `${when}=127.0.0.1\n`);
  expect(await machine.run('ktls-unload')).toBe(`${lines.join('')}exit=0\n`);
});
