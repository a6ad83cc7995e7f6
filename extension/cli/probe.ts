import { probe } from '../host/probe';
import { parseArguments } from './arguments';
import { STATUS, writeJson, type Io } from './io';
import { HOST_OPTIONS, headerDirectories, onHost } from './onHost';

/** `toa-doctor probe [--host NAME] [--json]`: the facts about a host; JSON is the only form they have. */
export async function probeCommand(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArguments(args, HOST_OPTIONS);
  const facts = await onHost(values, (host) => probe(host, { headerDirectories: headerDirectories(values) }));
  writeJson(io, facts);
  return STATUS.fine;
}
