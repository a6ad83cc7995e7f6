// A plan as a script: sh reads it, it stops at the first failure, and what is left out or left to a person is not run.
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { message, render } from '../../../extension/core/message';
import { planOwnModule } from '../../../extension/core/plan/ownModule';
import { planScript } from '../../../extension/core/plan/planScript';
import { command, script, type Step } from '../../../extension/core/plan/step';
import { factsWith, runningKernel, directoryOf } from '../kernel/facts';

const say = (one: Parameters<typeof render>[0]): string => render(one);
const step = (id: string, more: Partial<Step>): Step => ({
  ...{ id, title: message('Step {id}', { id }), actions: [], changes: message('Nothing'), paths: [], notes: [] },
  needsRoot: false,
  ...more,
});
const run = (text: string): { readonly status: number | null; readonly stdout: string } =>
  spawnSync('sh', ['-s'], { input: text, encoding: 'utf8' });

describe('a plan as a script', () => {
  it('runs commands and scripts in their directories, with arguments that sh would change', () => {
    const steps = [
      step('one', { actions: [command(['pwd'], '/usr'), command(['pwd'])] }),
      step('two', { actions: [script('echo "$1"', [`it's "$HOME"`])] }),
    ];
    const { status, stdout } = run(planScript('A\nplan', steps, say));
    expect(status).toBe(0);
    expect(stdout).toBe(`/usr\n${process.cwd()}\nit's "$HOME"\n`);
  });

  it('stops at the first failure, and runs nothing that is left out or left to a person', () => {
    const steps = [
      step('one', { skip: message('Not needed\necho no'), actions: [command(['echo', 'left out'])] }),
      step('two', { byHand: true, actions: [command(['echo', 'by hand'])] }),
      step('three', { actions: [command(['echo', 'three']), command(['false'])] }),
      step('four', { actions: [command(['echo', 'four'])] }),
    ];
    expect(run(planScript('A plan', steps, say))).toMatchObject({ status: 1, stdout: 'three\n' });
  });

  it('is read by sh for a whole plan', () => {
    const source = { version: '0.1.0', files: [{ name: 'toa.c', text: "it's\n" }] };
    const facts = factsWith({ moduleDirectories: [directoryOf(runningKernel.release, 'dangling')] });
    const text = planScript('Install', planOwnModule(facts, source).steps, say);
    expect(text).toContain('apt-get install');
    expect(execFileSync('sh', ['-n'], { input: text, encoding: 'utf8' })).toBe('');
  });
});
