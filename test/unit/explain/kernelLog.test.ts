import { describe, expect, it } from 'vitest';
import { linesOfLoad, moduleName } from '../../../extension/core/explain/kernelLog';

const LOG = [
  "[   10.000000] toa: version magic '5.10.0 SMP ' should be '6.1.0 SMP '",
  '[  100.000000] other: Unknown symbol foo (err -2)',
  '[  200.100000] Lockdown: insmod: unsigned module loading is restricted; see man kernel_lockdown.7',
  '[  200.200000] toa: Unknown symbol ipv4_specific (err -2)',
  '[  200.300000] eth0: link up',
  '[  300.000000] eth0: link down',
].join('\n');

describe('the kernel’s log of a load', () => {
  it('is what it says of the last one, and of this module', () => {
    expect(linesOfLoad(LOG, './toa.ko')).toEqual([
      '[  200.100000] Lockdown: insmod: unsigned module loading is restricted; see man kernel_lockdown.7',
      '[  200.200000] toa: Unknown symbol ipv4_specific (err -2)',
    ]);
  });

  it('is nothing where the module never came up', () => {
    expect(linesOfLoad('[    1.0] eth0: link up', 'toa.ko')).toEqual([]);
  });

  it('knows the module by the name the kernel gives it', () => {
    expect(moduleName('/root/my-toa.ko.xz')).toBe('my_toa');
  });
});
