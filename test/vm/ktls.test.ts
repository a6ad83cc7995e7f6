// kTLS keeps copies of TCP's operations: when the module goes, they must not lead into it. 6.1 and later copy at first use;
// boot.test.ts has kTLS loaded before the module.
import { afterEach, expect, test } from 'vitest';
import { bootableKernels } from './bootable';
import { GUEST_CASES, OUTLIVED } from './guestCases';
import { startMachine, type Machine } from './machine';

let machine: Machine | undefined;
afterEach(async () => {
  await machine?.stop();
  machine = undefined;
});

// Debian's 5.10 for clouds has no kTLS.
const withTls = (await bootableKernels()).filter(({ series }) => series !== '5.10');

test.each(withTls)('sockets with kTLS outlive the module in $release when kTLS is loaded after it', async (kernel) => {
  machine = await startMachine(kernel, { notLoaded: ['tls'] });
  expect(await machine.run('cases ktls')).toContain('TCP_ULP tls: No such file or directory\n');
  expect(await machine.run('insert /tls.ko')).toBe('exit=0\n');
  const named = GUEST_CASES.find(({ name }) => name === 'ktls')?.lines;
  expect((await machine.run('cases ktls')).trim().split('\n')).toEqual(named);
  expect(await machine.run('ktls-unload')).toBe(OUTLIVED);
});
