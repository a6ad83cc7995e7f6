import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { asFacts, type Facts } from '../core/facts';
import { explain } from '../core/explain/engine';
import { createSymptomReader } from '../core/explain/recognise';
import type { Symptom } from '../core/explain/symptom';
import { findingJson } from '../core/explain/findingJson';
import { probe } from '../host/probe';
import { parseArguments } from './arguments';
import { STATUS, UsageError, findingText, writeJson, type Io } from './io';
import { speaker } from './language';
import { WHERE, onHost } from './onHost';

/** `toa-doctor explain [--facts FILE] [--host NAME] [--json] [FILE|-]`: explains tool output, with the facts of a file or of a host; reads a
 * log of any size as a stream. */
export async function explainCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positional } = parseArguments(args, {
    ...WHERE,
    facts: { type: 'string' },
    json: { type: 'boolean' },
  });
  const facts =
    values.host === undefined
      ? await readFacts(values.facts)
      : await onHost(values, (host) => probe(host, { headerDirectories: [] }));
  const input = positional === undefined || positional === '-' ? io.stdin : createReadStream(positional);
  const findings = explain({ symptoms: await readSymptoms(input), facts, wanted: undefined, makefile: undefined });
  const say = await speaker(io.env);
  if (values.json === true) {
    writeJson(io, { findings: findings.map((finding) => findingJson(finding, say)) });
  } else {
    io.stdout.write(findings.map((finding) => findingText(finding, say)).join('\n'));
  }
  return findings.length === 0 ? STATUS.fine : STATUS.findings;
}

async function readSymptoms(input: NodeJS.ReadableStream): Promise<readonly Symptom[]> {
  const reader = createSymptomReader();
  input.setEncoding('utf8');
  for await (const chunk of input) reader.feed(String(chunk));
  return reader.end();
}

async function readFacts(path: string | undefined): Promise<Facts | undefined> {
  if (path === undefined) return undefined;
  const facts = asFacts(JSON.parse(await readFile(path, 'utf8')));
  if (facts === undefined) throw new UsageError(`${path} holds no facts: make it with toa-doctor probe --json`);
  return facts;
}
