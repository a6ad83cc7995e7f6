import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hostNameProblem } from '../core/remote/hostName';
import { writeAnsibleProject } from '../doctor/writeAnsible';
import { STATUS, UsageError, type Io } from './io';
import { speaker } from './language';

/** `toa-doctor ansible [--ssh-config FILE] DIR HOST…`: writes an Ansible project that installs toa on the hosts; it runs nothing. */
export async function ansibleCommand(args: readonly string[], io: Io, moduleSource: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'ssh-config': { type: 'string' } },
    allowPositionals: true,
  });
  const [directory, ...hosts] = positionals;
  if (directory === undefined || hosts.length === 0) throw new UsageError('name a new directory, and the hosts');
  const problem = hosts.map(hostNameProblem).find((one) => one !== undefined);
  if (problem !== undefined) throw new UsageError((await speaker(io.env))(problem));
  const config = values['ssh-config'];
  await writeAnsibleProject({
    directory,
    hosts: hosts.map((name) => ({ name })),
    sshConfig: config === undefined ? undefined : resolve(config),
    moduleSource,
  });
  io.stdout.write(`cd ${directory} && ansible-playbook site.yml\n`);
  return STATUS.fine;
}
