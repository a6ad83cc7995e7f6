import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FleetHost } from '../core/fleet/fleetHost';
import { message, type Message } from '../core/message';
import { MessageError } from '../core/messageError';
import { errorCode } from '../host/errorCode';
import { LocalHost } from '../host/local';
import { ansibleProject } from './ansible';
import { readModuleSource } from './plan/moduleSource';

export interface AnsibleOrder {
  /** A new directory; rejects when it is there, so that nothing is overwritten. */
  readonly directory: string;
  readonly hosts: readonly FleetHost[];
  readonly sshConfig?: string | undefined;
  /** The directory with the source of toa.ko. */
  readonly moduleSource: string;
}

/** Writes an Ansible project that installs toa on the hosts, and takes it back; it runs nothing. */
export async function writeAnsibleProject({ directory, hosts, sshConfig, moduleSource }: AnsibleOrder): Promise<void> {
  await mkdir(directory).catch((error: unknown) => {
    throw errorCode(error) === 'EEXIST' ? new MessageError(isThere(directory)) : error;
  });
  for (const [path, content] of ansibleProject(hosts, sshConfig)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  const target = join(directory, 'roles/toa/files/kernel');
  await mkdir(target, { recursive: true });
  const { files } = await readModuleSource(new LocalHost(), moduleSource);
  for (const { name, text } of files) await writeFile(join(target, name), text);
}

function isThere(directory: string): Message {
  return message('{directory} is there already: name a new directory, so that nothing is overwritten.', { directory });
}
