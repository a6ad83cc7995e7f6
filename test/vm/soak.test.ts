// A short soak in the newest kernel; `npx tsx test/vm/soak.ts` is the long one.
import { expect, test } from 'vitest';
import { bootableKernels } from './bootable';
import { counter } from './counters';
import { soak } from './soak';

const COUNT = 2000;
const CYCLES = 10;
// What a cache keeps at hand comes and goes by this much; something lost with each connection would be thousands.
const NOISE = 200;

const kernel = (await bootableKernels()).slice(-1);

test.each(kernel)('a soak in $release ($packageVersion)', async (one) => {
  const [result] = await soak(one, { count: COUNT, cycles: CYCLES, seed: 20_261_123 });
  const { answer, trouble, growth } = result ?? { answer: '', trouble: [], growth: new Map<string, number>() };
  expect(answer).not.toContain('WRONG');
  expect(answer).toContain(`cycles ${CYCLES}\n`);
  expect(answer).toMatch(/exit=0\n$/);
  expect(trouble).toEqual([]);

  const stored = counter(answer, 'syn_recv_sock_toa');
  const others = ['syn_recv_sock_no_toa', 'syn_recv_sock_malformed'].map((name) => counter(answer, name));
  expect(stored).toBeGreaterThan(COUNT / 2);
  expect(others.reduce((sum, number) => sum + number, stored)).toBe(COUNT);
  // Named by accept(), asked at once, and asked at the end.
  expect(counter(answer, 'getname_toa_ok')).toBe(3 * stored);
  expect(counter(answer, 'forgotten')).toBe(stored);
  expect([...growth].filter(([, objects]) => objects > NOISE)).toEqual([]);
});
