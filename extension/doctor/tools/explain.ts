import { explain } from '../../core/explain/engine';
import { findingJson } from '../../core/explain/findingJson';
import { readSymptoms } from '../../core/explain/symptomReader';
import { render } from '../../core/message';
import { textOf, type Tool } from './tool';

export const explainTool: Tool = {
  name: 'toa_explain',
  description:
    'Explains the output of a failed build or load of a Linux kernel module (make, gcc, insmod, modprobe, dkms, dmesg): names the cause, the ' +
    'lines that prove it, the remedies with their exact commands, and what else it could be with the one fact that decides. An empty list ' +
    'means that nothing in the text is known to be wrong.',
  inputs: { log: 'The output, unchanged and whole where possible.' },
  asksHost: false,
  run: (input) => {
    const symptoms = readSymptoms(textOf(input, 'log'));
    const findings = explain({ symptoms, facts: undefined, wanted: undefined, makefile: undefined });
    return Promise.resolve({ findings: findings.map((finding) => findingJson(finding, render)) });
  },
};
