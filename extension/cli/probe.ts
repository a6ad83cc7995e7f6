import { probe } from '../host/probe';
import { message } from '../core/message';
import { command } from './command';
import { STATUS, writeJson } from './io';
import { headerDirectories, onHost } from './onHost';
import { AS_JSON, HEADERS, WHERE } from './options';

const ABOUT = {
  about: message('the facts about a host, as one JSON value with or without --json'),
  options: { ...HEADERS, ...WHERE, ...AS_JSON },
} as const;

export const probeCommand = command(ABOUT, async ({ values }, io) => {
  const facts = await onHost(values, (host) => probe(host, { headerDirectories: headerDirectories(values) }));
  writeJson(io, facts);
  return STATUS.fine;
});
