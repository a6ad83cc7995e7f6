import { readFile } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { message } from '../core/message';
import { asFacts, type Facts } from '../core/facts';
import { explain } from '../core/explain/engine';
import { parseJson } from '../core/json';
import { createSymptomReader } from '../core/explain/symptomReader';
import type { Symptom } from '../core/explain/symptom';
import { decide } from '../doctor/decide';
import { probe } from '../host/probe';
import { findingJson } from '../core/explain/findingJson';
import { filePieces } from './filePieces';
import { UsageError } from './arguments';
import { command } from './command';
import { pathOn, headerDirectories, onHost } from './onHost';
import { AS_JSON, HEADERS, WHERE } from './options';
import { findingText } from './findingText';
import { STATUS, writeJson, type Io } from './io';
import { speaker } from './language';

const ABOUT = {
  operands: '[FILE|-]',
  about: message('explain the output of a failed make, insmod or dkms'),
  options: {
    here: { type: 'boolean', about: message('ask this machine for the facts that decide') },
    facts: { type: 'string', value: 'FILE', about: message('decide by these facts, as toa-doctor probe writes them') },
    directory: { type: 'string', value: 'DIR', about: message('see relative paths in the output from this directory') },
    ...HEADERS,
    ...WHERE,
    ...AS_JSON,
  },
} as const;

/**
 * Reads a log of any size as a stream. With `--here` this machine, with `--host` another one, is asked for the facts that decide: the
 * probe, the kernel's log, the module file, headers and symbols of the tree. Paths in the text are seen from `--directory` there.
 */
export const explainCommand = command(ABOUT, async ({ values, operands }, io) => {
  const symptoms = await readSymptoms(operands[0], io);
  const kase = { symptoms, wanted: undefined, makefile: undefined };
  const findings =
    values.here === true || values.host !== undefined
      ? await onHost(values, async (host) => {
          const facts = await probe(host, { headerDirectories: headerDirectories(values) });
          const onAsk = (command: string) => io.stderr.write(`# ${command}\n`);
          return decide(host, { ...kase, facts }, { directory: await pathOn(host, values, values.directory), onAsk });
        })
      : explain({ ...kase, facts: values.facts === undefined ? undefined : await readFacts(values.facts) });
  const say = await speaker(io.env);
  if (values.json === true) {
    writeJson(io, { findings: findings.map((finding) => findingJson(finding, say)) });
  } else {
    io.stdout.write(findings.map((finding) => findingText(finding, say)).join('\n'));
  }
  return findings.length === 0 ? STATUS.fine : STATUS.findings;
});

const PIECE = 16 * 1024;

/** Reads a log of any size in the same little memory. */
async function readSymptoms(path: string | undefined, io: Io): Promise<readonly Symptom[]> {
  const reader = createSymptomReader();
  if (path === undefined || path === '-') {
    io.stdin.setEncoding('utf8');
    for await (const chunk of io.stdin) reader.feed(String(chunk));
  } else {
    const decoder = new StringDecoder('utf8');
    for (const piece of filePieces(path, PIECE)) reader.feed(decoder.write(piece));
    reader.feed(decoder.end());
  }
  return reader.end();
}

async function readFacts(path: string): Promise<Facts> {
  const facts = asFacts(parseJson(await readFile(path, 'utf8')));
  if (facts === undefined)
    throw new UsageError(message('{path} holds no facts: make it with toa-doctor probe', { path }));
  return facts;
}
