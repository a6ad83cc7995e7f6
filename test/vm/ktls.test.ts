// kTLS keeps copies of TCP's operations: when the module goes, they must not lead into it. 6.1 and later copy at first use.
import { afterEach, expect, test } from 'vitest';
import { bootableKernel, bootableKernels } from './bootable';
import { GUEST_CASES } from './guestCases';
import { startMachine, type Machine } from './machine';

let machine: Machine | undefined;
afterEach(async () => {
  await machine?.stop();
  machine = undefined;
});

const NAMED = ['loaded', 'unloaded', 'new and unloaded', 'loaded again'].map((when) => `${when}=127.0.0.1\n`);

test('sockets with kTLS, old and new, outlive the module', async () => {
  machine = await startMachine(await bootableKernel('6.12'));
  expect(await machine.run('ktls-unload')).toBe(`${NAMED.join('')}exit=0\n`);
});

// Debian's 5.10 for clouds has no kTLS.
const withTls = (await bootableKernels()).filter(({ series }) => series !== '5.10');

test.each(withTls)('so they do in $release when kTLS is loaded after the module', async (kernel) => {
  machine = await startMachine(kernel, { notLoaded: ['tls'] });
  expect(await machine.run('cases ktls')).toContain('TCP_ULP tls: No such file or directory\n');
  expect(await machine.run('insert /tls.ko')).toBe('exit=0\n');
  const named = GUEST_CASES.find(({ name }) => name === 'ktls')?.lines;
  expect((await machine.run('cases ktls')).trim().split('\n')).toEqual(named);
  expect(await machine.run('ktls-unload')).toBe(`${NAMED.join('')}exit=0\n`);
});
