import { hostNameProblem } from '../remote/hostName';

/** One host of many: a name as ssh takes it, and what an inventory says beside it. */
export interface FleetHost {
  readonly name: string;
  readonly address?: string;
  readonly user?: string;
  readonly port?: number;
}

/** What `ssh -o` takes to reach it, beside its name. */
export function sshOptionsOf({ address, user, port }: FleetHost): readonly string[] {
  return [
    ...(address === undefined ? [] : [`HostName=${address}`]),
    ...(user === undefined ? [] : [`User=${user}`]),
    ...(port === undefined ? [] : [`Port=${port}`]),
  ];
}

/** A host with only those values that can be nothing but what they say; `undefined` when its name or address is none. */
export function fleetHost(name: string, address = '', user = '', port = ''): FleetHost | undefined {
  if (hostNameProblem(name) !== undefined) return undefined;
  if (address !== '' && hostNameProblem(address) !== undefined) return undefined;
  return {
    name,
    ...(address === '' || address === name ? {} : { address }),
    ...(/^[A-Za-z_][\w.-]*$/.test(user) ? { user } : {}),
    ...(/^\d{1,5}$/.test(port) ? { port: Number(port) } : {}),
  };
}
