import { LocalHost } from '../host/local';
import { probe } from '../host/probe';
import { parseArguments, refuseHost } from './arguments';
import { STATUS, writeJson, type Io } from './io';

/** `toa-doctor probe [--json]`: the facts about this host; JSON is the only form they have. */
export async function probeCommand(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArguments(args, {
    json: { type: 'boolean' },
    host: { type: 'string' },
    headers: { type: 'string', multiple: true },
  });
  refuseHost(values.host);
  writeJson(io, await probe(new LocalHost(), { headerDirectories: values.headers ?? [] }));
  return STATUS.fine;
}
