import type { FleetHost } from '../core/fleet/fleetHost';
import defaults from './ansible/defaults.yml';
import headers from './ansible/headers.sh';
import install from './ansible/install.sh';
import load from './ansible/load.sh';
import site from './ansible/site.yml';
import tasks from './ansible/tasks.yml';
import undoScript from './ansible/undo.sh';
import undo from './ansible/undo.yml';

const CONFIGURATION = `[defaults]
inventory = inventory
log_path = ansible.log
[ssh_connection]
# raw would ask for a terminal, and without one say nothing but "unreachable".
usetty = False
`;

/** The files of an Ansible project that installs toa on hosts by sh alone, by path. `kernel/` of the role is the module's source. */
export function ansibleProject(hosts: readonly FleetHost[], sshConfig?: string): ReadonlyMap<string, string> {
  const ssh = sshConfig === undefined ? '' : `ssh_args = -F ${sshConfig} -o ControlMaster=auto -o ControlPersist=60s\n`;
  return new Map([
    ['ansible.cfg', `${CONFIGURATION}${ssh}`],
    ['inventory', inventory(hosts)],
    ['site.yml', site],
    ['undo.yml', undo],
    ['roles/toa/defaults/main.yml', defaults],
    ['roles/toa/tasks/main.yml', tasks],
    ['roles/toa/files/headers.sh', headers],
    ['roles/toa/files/install.sh', install],
    ['roles/toa/files/load.sh', load],
    ['roles/toa/files/undo.sh', undoScript],
  ]);
}

/** The names are checked before: no blank and nothing that INI or a pattern of Ansible reads as its own. */
function inventory(hosts: readonly FleetHost[]): string {
  const line = ({ name, address, user, port }: FleetHost): string => {
    const [, userInName, bare = name] = /^(?:([^@]+)@)?(.+)$/.exec(name) ?? [];
    const values = {
      ansible_host: address ?? (userInName === undefined ? undefined : bare),
      ansible_user: user ?? userInName,
      ansible_port: port,
    };
    const written = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
    return [name, ...written].join(' ');
  };
  return `[toa]\n${hosts.map(line).join('\n')}\n`;
}
