// Signing on a server whose kernel says that it enforces signatures: the key, the signature and its verification, without a kernel.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { server, type Ended, type Server } from './server';

let host: Server;
beforeEach(async () => {
  host = await server();
  host.run('sh', '-c', 'mkdir -p /sys/module/module/parameters && echo Y >/sys/module/module/parameters/sig_enforce');
}, 600_000);
afterEach(() => {
  host.remove();
});

interface StepJson {
  readonly id: string;
  readonly check?: string;
  readonly skip?: string;
}

interface PlanJson {
  readonly notes: readonly string[];
  readonly steps: readonly StepJson[];
  readonly results?: readonly { readonly id: string; readonly state: string }[];
}

const read = ({ stdout }: Ended): PlanJson => JSON.parse(stdout) as PlanJson;
const install = (): PlanJson => read(host.cli('install', '--yes', '--skip', 'load', '--json'));
const stateOf = (plan: PlanJson, id: string): string | undefined => plan.results?.find((one) => one.id === id)?.state;

test('the module is signed, the signature verifies, and a changed module is found out', { timeout: 600_000 }, () => {
  const before = host.listing();
  const sign = `sign:${host.running}`;
  const first = install();
  expect(first.notes.join('\n')).toContain('no UEFI in which a key could be enrolled');
  expect(first.steps.find(({ id }) => id === 'enrol')?.skip).toContain('Without UEFI');
  expect(stateOf(first, 'key')).toBe('done');
  // dkms signs with the key of the plan.
  expect(stateOf(first, sign)).toBe('already');

  const check = first.steps.find(({ id }) => id === sign)?.check ?? 'false';
  expect(host.run('sh', '-c', check).status).toBe(0);
  const file = host.run('modinfo', '-k', host.running, '-F', 'filename', 'toa').stdout.trim();
  host.run('sh', '-c', 'printf X | dd of="$1" bs=1 seek=2000 conv=notrunc', 'sh', file);
  expect(host.run('sh', '-c', check).status).not.toBe(0);

  // One without any signature is signed by the kernel's own sign-file.
  host.run('sh', '-c', 'size=$(wc -c <"$1"); head -c $((size - 300)) "$1" >"$1.cut" && mv "$1.cut" "$1"', 'sh', file);
  const second = install();
  expect(stateOf(second, sign)).toBe('done');
  expect(host.run('sh', '-c', check).status).toBe(0);

  expect(host.cli('uninstall', '--yes').status).toBe(0);
  expect(host.listing()).toEqual(before);
});
