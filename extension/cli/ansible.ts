import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hostNameProblem } from '../core/remote/hostName';
import { ansibleProject } from '../doctor/ansible';
import { readModuleSource } from '../doctor/plan/moduleSource';
import { LocalHost } from '../host/local';
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
  await mkdir(directory); // a new one: nothing is overwritten
  const config = values['ssh-config'];
  for (const [path, content] of ansibleProject(hosts, config === undefined ? undefined : resolve(config))) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  const target = join(directory, 'roles/toa/files/kernel');
  await mkdir(target, { recursive: true });
  const { files } = await readModuleSource(new LocalHost(), moduleSource);
  for (const { name, text } of files) await writeFile(join(target, name), text);
  io.stdout.write(`cd ${directory} && ansible-playbook site.yml\n`);
  return STATUS.fine;
}
