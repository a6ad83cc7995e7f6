// A kernel that enforces signatures refuses our unsigned module, and the finding names it. Loading one that the plan signed cannot be shown
// with a stock kernel: its ring takes no key of ours without UEFI; that the signature is right is shown by sign.test.ts.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { explain } from '../../extension/core/explain/engine';
import { createSymptomReader } from '../../extension/core/explain/symptomReader';
import { buildModule, scratch } from '../vm/build';
import { headersRoot, kernelImage } from '../vm/debianKernels';
import { boot } from '../vm/guest';
import { guestPrograms } from '../vm/guestPrograms';
import { initramfs } from '../vm/initramfs';
import { guestModules } from '../vm/kernelModules';

const { directory, remove } = scratch();
afterAll(remove);

test('module.sig_enforce=1', { timeout: 300_000 }, async () => {
  const kernel = (await headersRoot()).kernels.find(
    ({ series, flavour }) => series === '6.1' && flavour === 'cloud-amd64',
  );
  if (kernel === undefined) throw new Error('no kernel of the series 6.1');
  const { vmlinuz, modules } = await kernelImage(kernel.release);
  const files = await guestModules(modules);
  const order = { name: 'modules', content: Buffer.from(files.map(({ name }) => `/${name}\n`).join('')) };
  const toa = { name: 'toa.ko', content: (await buildModule(kernel)).file };
  const archive = join(directory, 'initramfs');
  await writeFile(archive, initramfs([...(await guestPrograms()), ...files, order, toa]));
  const guest = await boot({
    vmlinuz,
    initramfs: archive,
    ready: 'GUEST-FAILED /toa.ko',
    timeout: 200_000,
    append: 'module.sig_enforce=1 loglevel=7',
  });
  await guest.ended();
  const said = guest.console().replaceAll('\r', '');
  await guest.stop();
  const reader = createSymptomReader();
  reader.feed(said);
  const findings = explain({ symptoms: reader.end(), facts: undefined, wanted: undefined, makefile: undefined });
  expect(said).toContain('Loading of unsigned module is rejected');
  expect(findings.map(({ cause }) => cause)).toContain('secure_boot_key_not_enrolled');
});
