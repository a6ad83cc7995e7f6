import { probe } from '../host/probe';
import { parseArguments } from './arguments';
import { STATUS, writeJson, type Io } from './io';
import { HOST_OPTIONS, headerDirectories, onHost } from './onHost';

/** `toa-doctor probe [--json]`: the facts about this host; JSON is the only form they have. */
export async function probeCommand(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArguments(args, HOST_OPTIONS);
  const facts = await onHost(values.host, (host) =>
    probe(host, { headerDirectories: headerDirectories(values.headers) }),
  );
  writeJson(io, facts);
  return STATUS.fine;
}
