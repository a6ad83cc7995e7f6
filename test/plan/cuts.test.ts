// Every step of a plan, cut anywhere: what was begun is resumed, or undone without a trace, and done twice it does no harm.
// A few places of each plan; all of them with TOA_DOCTOR_CUTS=all, which takes an hour.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Facts } from '../../extension/core/facts';
import { autoloadStep } from '../../extension/core/plan/autoload';
import { planOwnModule } from '../../extension/core/plan/ownModule';
import type { ModuleSource } from '../../extension/core/plan/source';
import type { Plan } from '../../extension/core/plan/step';
import { vendorFilesStep } from '../../extension/core/plan/vendorFiles';
import { makePlan } from '../../extension/doctor/plan/makePlan';
import { readModuleSource } from '../../extension/doctor/plan/moduleSource';
import { LocalHost } from '../../extension/host/local';
import { probe } from '../../extension/host/probe';
import { root } from '../tools/project';
import { server, type Server } from './server';
import { hostOf, STAY } from './serverHost';
import { survives } from './survives';

/** Places of each plan that are tried when not all are. */
const FEW = 3;

let machine: Server;
let host: LocalHost;
let facts: Facts;
beforeAll(async () => {
  machine = await server();
  host = await hostOf(machine.start(...STAY));
  const headers = ['apt-get', 'install', '-y', `linux-headers-${machine.running}`] as const;
  expect(await host.run({ argv: headers })).toMatchObject({ code: 0 });
  const release = machine.running;
  const built = `cp -r /mnt/project/kernel /root/toa && make -s -C /root/toa KVER=${release} && cp /root/toa/toa.ko /root && rm -r /root/toa`;
  expect(await host.run({ argv: ['sh', '-c', built] })).toMatchObject({ code: 0 });
  facts = await probe(host, { headerDirectories: [] });
}, 900_000);
afterAll(() => {
  machine.remove();
});

// A signing key and its certificate that are made anew may be some bytes longer or shorter.
const LISTING = `cd / && places='etc usr/src usr/lib/modules var/lib/dkms root'
{
  find $places -type d -printf '%p %m %u\\n' -o -name 'mok.*' -printf '%p %y %m %u\\n' -o -printf '%p %y %m %u %s %l\\n'
  find etc usr/lib/modules/*/modules.* -type f -exec sha256sum {} +
  ls -d var/lib/toa-doctor
} 2>/dev/null | sort`;
const listing = async (): Promise<string> => (await host.run({ argv: ['sh', '-c', LISTING] })).stdout;

const survive = (plan: Plan, places = FEW): Promise<void> => survives({ host, facts, listing, plan, places });

const only = (plan: Plan, wanted: (id: string) => boolean): Plan => ({
  ...plan,
  steps: plan.steps.filter(({ id }) => wanted(id)),
});
const without = (plan: Plan, ...ids: readonly string[]): Plan => only(plan, (id) => !ids.includes(id));
const planned = (facts: Facts): Promise<Plan> =>
  makePlan(host, facts, { version: '1', files: [] }, { from: '/root/toa.ko', release: undefined });

/** Our own module's source with nothing in it to compile: a dozen builds come soon. */
async function quickSource(): Promise<ModuleSource> {
  const source = await readModuleSource(new LocalHost(), `${root}/kernel`);
  const empty = `#include <linux/module.h>\nMODULE_VERSION("${source.version}");\nMODULE_LICENSE("GPL");\n`;
  return { ...source, files: source.files.map((file) => (file.name === 'toa.c' ? { ...file, text: empty } : file)) };
}

describe('cut anywhere', { timeout: 7_200_000 }, () => {
  test('a vendor’s module: copy, index, autoload', async () => {
    await survive(without(await planned(facts), 'load'));
  });

  test('our own module, built and copied without dkms', async () => {
    const source = await quickSource();
    const plan = planOwnModule({ ...facts, packages: { ...facts.packages, manager: undefined } }, source);
    await survive(without(plan, 'load', 'autoload'));
  });

  test('signing', async () => {
    const security = { ...facts.security, signatureEnforced: true };
    await survive(without(await planned({ ...facts, security }), 'load', 'enrol', 'autoload'));
  });

  test.each([
    ['/etc/sysconfig/modules', { id: 'centos', like: ['rhel'] }],
    ['/etc/modules', { id: 'alpine', like: [] }],
  ])('autoload by %s', async (_, distribution) => {
    const old: Facts = {
      ...facts,
      distribution: { ...facts.distribution, ...distribution },
      environment: { ...facts.environment, init: 'init' },
      tools: { ...facts.tools, commands: {} },
    };
    const steps = [autoloadStep('toa', old)];
    await survive({ title: { text: '', values: {} }, release: machine.running, notes: [], steps });
  });

  test('the files of an archive', async () => {
    const bytes = new Uint8Array(1_500_000).fill(7);
    const sha256 = (await host.run({ argv: ['sh', '-c', 'head -c 1500000 /dev/zero | tr "\\0" "\\7" | sha256sum'] }))
      .stdout;
    const file = { path: 'src/toa.c', bytes, isExecutable: false, sha256: sha256.slice(0, 64) };
    const steps = [vendorFilesStep('toa.zip', '/usr/src/toa-vendor-toa', [file])];
    await survive({ title: { text: '', values: {} }, release: machine.running, notes: [], steps });
  });

  test('our own module with dkms', async () => {
    const source = await quickSource();
    expect(await host.run({ argv: ['apt-get', 'install', '-y', '--no-install-recommends', 'dkms'] })).toMatchObject({
      code: 0,
    });
    const plan = planOwnModule(await probe(host, { headerDirectories: [] }), source);
    await survive(without(plan, 'headers', 'dkms', 'headers-follow', 'load', 'autoload'), 1);
  });
});
