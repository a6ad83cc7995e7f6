// A plan that is cut anywhere is resumed, or undone without a trace, and done twice it does no harm.
import { expect } from 'vitest';
import type { Facts } from '../../extension/core/facts';
import type { Plan } from '../../extension/core/plan/step';
import { runPlan, type PlanReport } from '../../extension/doctor/plan/runPlan';
import { undoPlan } from '../../extension/doctor/plan/undoPlan';
import type { Host } from '../../extension/host/host';
import { Cut, CutHost, placesOf, type Place } from './cutHost';

export interface Survivor {
  readonly host: Host;
  readonly facts: Facts;
  /** What the plan and its undo must leave as it was. */
  readonly listing: () => Promise<string>;
  readonly plan: Plan;
  /** At how many places it is cut; at all with TOA_DOCTOR_CUTS=all. */
  readonly places: number;
}

function chosen(places: readonly Place[], few: number): readonly Place[] {
  if (process.env['TOA_DOCTOR_CUTS'] === 'all') return places;
  const spread = Array.from({ length: few }, (_, index) => places[Math.floor(((index + 0.5) * places.length) / few)]);
  return spread.filter((place) => place !== undefined);
}

export async function survives({ host, facts, listing, plan, places }: Survivor): Promise<void> {
  const run = (on: Host): Promise<PlanReport> => runPlan(on, plan, { facts });
  const before = await listing();
  const counting = new CutHost(host, undefined);
  expect(await run(counting)).toMatchObject({ outcome: 'done' });
  const after = await listing();
  expect(after).not.toBe(before);
  expect((await undoPlan(host, { facts })).outcome).toBe('done');
  expect(await listing()).toBe(before);
  for (const place of chosen(placesOf(counting), places)) {
    await expect(run(new CutHost(host, place))).rejects.toThrow(Cut);
    await undoPlan(host, { facts });
    expect([place, await listing()]).toEqual([place, before]);

    await expect(run(new CutHost(host, place))).rejects.toThrow(Cut);
    expect([place, (await run(host)).outcome]).toEqual([place, 'done']);
    expect([place, await listing()]).toEqual([place, after]);
    const again = await run(host);
    const done = again.steps
      .filter(({ state }) => state !== 'already' && state !== 'skipped')
      .map(({ step }) => step.id);
    expect([place, done]).toEqual([place, []]);
    expect([place, await listing()]).toEqual([place, after]);
    expect([place, (await undoPlan(host, { facts })).outcome]).toEqual([place, 'done']);
    expect([place, await listing()]).toEqual([place, before]);
  }
}
