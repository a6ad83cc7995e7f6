// Plans on this machine with steps that write into a folder of their own; test/plan runs the real ones on servers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { script, type Plan, type Step } from '../../../extension/core/plan/step';
import writeFile from '../../../extension/core/plan/scripts/writeFile.sh';
import lock from '../../../extension/doctor/plan/scripts/lock.sh';
import { runPlan } from '../../../extension/doctor/plan/runPlan';
import { undoPlan } from '../../../extension/doctor/plan/undoPlan';
import { LocalHost } from '../../../extension/host/local';
import { scriptInput } from '../../../extension/host/script';
import { serverFacts } from '../support/facts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'toa-doctor-plan-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const facts = serverFacts('6.1.0-1-amd64');
const host = new LocalHost();
const journal = (): string => join(directory, 'journal');
const text = (value: string) => ({ text: value, values: {} });

function planOf(...steps: readonly Step[]): Plan {
  return { title: text('test'), release: facts.kernel.release, steps, notes: [] };
}

function writing(id: string, content: string): Step {
  const path = join(directory, id);
  const action = script(writeFile, [path, '644', content]);
  return { id, title: text(id), actions: [action], changes: text(id), paths: [path], needsRoot: false, notes: [] };
}

describe('two runs at once', () => {
  it('the second is refused with one line, and changes nothing; afterwards it may', async () => {
    const second = planOf(writing('second', '2'));
    let refusal: unknown;
    const first = await runPlan(host, planOf(writing('first', '1')), {
      facts,
      directory: journal(),
      decide: async () => {
        refusal = await runPlan(host, second, { facts, directory: journal() }).catch((error: unknown) => error);
        await expect(undoPlan(host, { facts, directory: journal() })).rejects.toThrow(/^Another run/);
        return 'run';
      },
    });
    expect(String(refusal)).toMatch(/^PlanError: Another run of TOA Doctor is changing localhost right now\. [^\n]+$/);
    expect(first.outcome).toBe('done');
    expect(existsSync(join(directory, 'second'))).toBe(false);
    expect((await runPlan(host, second, { facts, directory: journal() })).outcome).toBe('done');
    expect(readFileSync(join(directory, 'second'), 'utf8')).toBe('2');
    expect((await undoPlan(host, { facts, directory: journal() })).outcome).toBe('done');
    expect(existsSync(journal())).toBe(false);
  });

  it('the lock of a dead run is none', async () => {
    const dead = spawn('sh', ['-s', '--', journal()], { stdio: ['pipe', 'pipe', 'inherit'] });
    dead.stdin.end(scriptInput(lock));
    await once(dead.stdout, 'data');
    const plan = planOf(writing('first', '1'));
    await expect(runPlan(host, plan, { facts, directory: journal() })).rejects.toThrow(/^Another run/);
    // What a run leaves when it is killed: nobody reads what its lock says.
    dead.stdout.destroy();
    await once(dead, 'exit');
    expect((await runPlan(host, plan, { facts, directory: journal() })).outcome).toBe('done');
  });

  it('a journal that cannot be written is no other run', async () => {
    const plan = planOf(writing('first', '1'));
    await expect(runPlan(host, plan, { facts, directory: '/proc/toa-doctor' })).rejects.toThrow(
      /could not keep or read/,
    );
  });
});
