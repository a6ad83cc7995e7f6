import { listCandidates } from '../../core/kernel/candidates';
import { render } from '../../core/message';
import { probe } from '../../host/probe';
import type { Tool } from './tool';

export const probeTool: Tool = {
  name: 'toa_probe',
  description:
    'Looks, read-only, at the host of this workspace: the running kernel, the kernels a module can be built for and why others cannot, ' +
    'header packages, compiler, Secure Boot, and whether toa.ko is loaded.',
  inputs: {},
  asksHost: true,
  run: async (_input, host) => {
    const facts = await probe(host, { headerDirectories: [] });
    const kernels = listCandidates(facts).map(({ release, isRunning, usable, tree, problems, warnings }) => ({
      release,
      isRunning,
      usable,
      tree: tree?.path,
      problems: problems.map((problem) => render(problem)),
      warnings: warnings.map((warning) => render(warning)),
    }));
    return { kernels, facts };
  },
};
