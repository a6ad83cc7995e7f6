import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunningKernel } from '../../../extension/core/facts';
import { fits } from '../../../extension/core/kernel/fit';
import { flagsOfKernel, parseVermagic, vermagicOfTree } from '../../../extension/core/kernel/vermagic';
import { render } from '../../../extension/core/message';
import { runningKernel, treeOf } from './facts';

describe('parseVermagic', () => {
  it('takes release, flags and words of the architecture apart', () => {
    expect(parseVermagic('5.10.17-v8+ SMP preempt mod_unload modversions aarch64 ')).toEqual({
      release: '5.10.17-v8+',
      flags: { smp: true, preempt: 'preempt', modUnload: true, modversions: true },
      otherWords: ['aarch64'],
    });
    expect(parseVermagic('6.1.0-rt7 SMP preempt_rt mod_unload')?.flags.preempt).toBe('preempt_rt');
    expect(parseVermagic('4.4.180+')?.flags).toEqual({
      smp: false,
      preempt: 'none',
      modUnload: false,
      modversions: false,
    });
  });

  it('says that there is none in an empty text, and takes any other', () => {
    expect(parseVermagic(' \n')).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => (parseVermagic(text) === undefined) === (text.trim() === '')));
  });
});

describe('flags of a kernel', () => {
  it('come from uname -v where the configuration is not readable', () => {
    const flags = flagsOfKernel({ ...runningKernel, config: {} });
    expect(flags).toEqual({ smp: true, preempt: 'preempt', modUnload: undefined, modversions: undefined });
    expect(flagsOfKernel({ ...runningKernel, config: {}, version: '#1 SMP Debian' }).preempt).toBe('none');
  });

  it('come from the configuration of a tree', () => {
    const config = { MODULES: 'y', SMP: 'y', MODULE_UNLOAD: 'y', PREEMPT_VOLUNTARY: 'y' };
    expect(vermagicOfTree(treeOf('5.10.0-46-amd64', { config }))?.flags).toEqual({
      smp: true,
      preempt: 'none',
      modUnload: true,
      modversions: false,
    });
    expect(vermagicOfTree(treeOf('x', { release: undefined }))).toBeUndefined();
  });
});

describe('fits', () => {
  const verdict = (text: string, kernel: Partial<RunningKernel> = {}) => {
    const vermagic = parseVermagic(text);
    return vermagic && fits(vermagic, { ...runningKernel, ...kernel });
  };
  const flags = 'SMP preempt mod_unload modversions';
  const withoutModversions = { MODULES: 'y', SMP: 'y', MODULE_UNLOAD: 'y', PREEMPT_BUILD: 'y' };

  it.each([
    ['loads', `6.1.0-56-cloud-amd64 ${flags} `, {}],
    ['loads', `6.1.0-56-cloud-amd64 ${flags}`, { config: {}, version: '' }],
    // Measured: 6.1.0-55 loads on 6.1.0-56 when the symbol versions agree, 6.1.0-47 is refused. Vermagic cannot tell.
    ['unsure', `6.1.0-55-cloud-amd64 ${flags}`, {}],
    ['unsure', `6.1.0-56-amd64 ${flags}`, {}],
    ['unsure', `6.1.0-55-cloud-amd64 ${flags}`, { config: {}, version: '' }],
    ['refused', `5.10.0-46-cloud-amd64 ${flags}`, {}],
    ['refused', '6.1.0-55-cloud-amd64 SMP preempt mod_unload', { config: withoutModversions }],
    ['refused', `6.1.0-56-cloud-amd64 ${flags}`, { config: withoutModversions }],
    ['refused', '6.1.0-56-cloud-amd64 SMP preempt mod_unload', {}],
    ['refused', '6.1.0-56-cloud-amd64 SMP mod_unload modversions', {}],
    ['refused', '6.1.0-56-cloud-amd64 preempt mod_unload modversions', {}],
    ['refused', '4.4.59+ SMP mod_unload ARMv7 p2v8', {}],
    ['refused', `6.1.0-56-cloud-amd64 ${flags} aarch64`, {}],
    ['refused', `6.1.0-56-cloud-amd64 ${flags}`, { machine: 'aarch64' }],
    ['loads', `6.1.0-56-cloud-amd64 ${flags} aarch64`, { machine: 'aarch64' }],
    ['loads', '4.4.50-v7+ SMP mod_unload modversions ARMv7 p2v8 ', { machine: 'armv7l', release: '4.4.50-v7+', version: '', config: {} }],
  ] as const)('%s: %s', (expected, text, kernel) => {
    expect(verdict(text, kernel)?.verdict).toBe(expected);
  });

  it('leaves the preemption of a real-time kernel open, since its word changed between versions', () => {
    const kernel = { version: '#1 SMP PREEMPT_RT Debian', release: '6.1.0-56-rt-amd64', config: {} };
    expect(verdict('6.1.0-56-rt-amd64 SMP preempt_rt mod_unload modversions', kernel)?.verdict).toBe('loads');
    expect(verdict('6.1.0-56-rt-amd64 SMP preempt mod_unload modversions', kernel)?.verdict).toBe('loads');
  });

  it('names both releases and why it is unsure', () => {
    const { reason } = verdict(`6.1.0-55-cloud-amd64 ${flags}`) ?? {};
    expect(reason && render(reason)).toContain('for 6.1.0-55-cloud-amd64, but 6.1.0-56-cloud-amd64 is running');
    expect(reason && render(reason)).toContain('may load, or be refused');
  });
});
