import type { Facts } from '../facts';
import { message, type Message } from '../message';
import { distribution } from './distribution';
import { environment, security, user } from './environment';
import { runningKernel } from './kernel';
import { readReport, type Fields } from './report';
import { packages, toaState, tools } from './software';
import { kernelTrees, moduleDirectories } from './trees';

/** What a probe's output says, or the one line that says why it says nothing. */
export type ProbeReading = { readonly facts: Facts } | { readonly problem: Message };

/** Reads the output of `host/probe.sh`. Any text is taken: what is no report of a Linux host is a problem, never an exception. */
export function parseProbe(text: string): ProbeReading {
  const report = readReport(text, 'toa-probe');
  if ('fault' in report) {
    return {
      problem:
        report.fault === 'cut'
          ? message('The report of the host is cut off: the connection or the shell ended too early. Probe again.')
          : message('The host did not run the probe: its output holds no report. Check that sh runs there.'),
    };
  }
  const problem = whyUnusable(report.fields);
  return problem ? { problem } : { facts: facts(report.fields) };
}

function whyUnusable(fields: Fields): Message | undefined {
  const system = fields.one('kernel.system');
  if (system !== undefined && system !== 'Linux') {
    return message('The host runs {system}, not Linux: TOA is a Linux kernel module.', { system });
  }
  const required = ['kernel.release', 'kernel.machine', 'user.id'];
  const missing = required.find((key) => fields.one(key) === undefined);
  if (missing !== undefined) return message('The report of the host lacks {fact}. Probe again.', { fact: missing });
  return /^\d{1,10}$/.test(fields.one('user.id') ?? '')
    ? undefined
    : message('The report of the host lacks {fact}. Probe again.', { fact: 'user.id' });
}

function facts(fields: Fields): Facts {
  const kernel = runningKernel(fields);
  const toolsFound = tools(fields);
  const surroundings = environment(fields);
  return {
    version: 1,
    kernel,
    distribution: distribution(fields),
    user: user(fields),
    moduleDirectories: moduleDirectories(fields),
    trees: kernelTrees(fields),
    packages: packages(fields, toolsFound.commands),
    tools: toolsFound,
    security: security(fields, kernel.config, surroundings.container !== undefined),
    environment: surroundings,
    toa: toaState(fields),
  };
}
