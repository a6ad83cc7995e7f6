import { resolve } from 'node:path';
import { message } from '../core/message';
import { hostNameProblem } from '../core/remote/hostName';
import { shellText } from '../core/shellText';
import { writeAnsibleProject } from '../doctor/writeAnsible';
import { UsageError } from './arguments';
import { command } from './command';
import { STATUS } from './io';
import { SSH_CONFIG } from './options';

const ABOUT = {
  operands: 'DIR HOST…',
  about: message('write an Ansible project that installs toa on hosts into a new directory; runs nothing'),
  options: SSH_CONFIG,
} as const;

export const ansibleCommand = command(ABOUT, async ({ values, operands }, io, moduleSource) => {
  const [directory, ...hosts] = operands;
  if (directory === undefined || hosts.length === 0)
    throw new UsageError(message('name a new directory, and the hosts'));
  const problem = hosts.map(hostNameProblem).find((one) => one !== undefined);
  if (problem !== undefined) throw new UsageError(problem);
  const config = values['ssh-config'];
  await writeAnsibleProject({
    directory,
    hosts: hosts.map((name) => ({ name })),
    sshConfig: config === undefined ? undefined : resolve(config),
    moduleSource,
  });
  io.stdout.write(`${shellText(['cd', directory])} && ansible-playbook site.yml\n`);
  return STATUS.fine;
});
