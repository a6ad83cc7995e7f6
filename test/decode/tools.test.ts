// What the tools of this machine print of captures that were never seen before is read back: every client, with its frame and kind.
// TOA_DOCTOR_SEED=random tries other captures than the usual ones.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeBytes } from '../../extension/core/decode/decode';
import { sample, type Sample, type Truth } from './handshakes';
import { dumps, tcpdumpBytes, tcpdumpWords, tsharkBytes, tsharkWords, type Command } from './tools';

const run = promisify(execFile);
const SEED = process.env['TOA_DOCTOR_SEED'] === 'random' ? Date.now() : 20_261_123;
const SAMPLES = Number(process.env['TOA_DOCTOR_SAMPLES'] ?? 4);

interface Kept {
  readonly directory: string;
  readonly sample: Sample;
}

let kept: readonly Kept[] = [];
beforeAll(() => {
  kept = fc.sample(sample, { seed: SEED, numRuns: SAMPLES }).map((one) => {
    const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-decode-'));
    writeFileSync(join(directory, 'capture.pcap'), one.capture);
    return { directory, sample: one };
  });
});
afterAll(() => {
  for (const { directory } of kept) rmSync(directory, { recursive: true });
});

/** What the tool prints of one capture, read back. */
async function readBack({ directory }: Kept, [program, ...args]: Command): Promise<readonly Truth[]> {
  const { stdout } = await run(program, args, {
    cwd: directory,
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    encoding: 'buffer',
    maxBuffer: 1 << 26,
  });
  const found = decodeBytes(stdout).filter(({ client, status }) => client !== null || status === 'partial');
  return found.map(({ frame, kind, client, port }) => `${frame} ${kind ?? '-'} ${client ?? `?:${port ?? '-'}`}`);
}

const withoutOverlay = (truth: readonly Truth[]): readonly Truth[] => truth.filter((one) => one.split(' ')[1] !== '28');

/** Every command prints each capture; what is read back is what the capture holds. */
function readsBack(commands: Readonly<Record<string, Command>>, truth: (sample: Sample) => readonly Truth[]): void {
  it.each(Object.entries(commands))('%s', async (_, command) => {
    for (const one of kept) expect(await readBack(one, command), one.directory).toEqual(truth(one.sample));
  });
}

describe(`captures of seed ${SEED}`, () => {
  describe('tcpdump with bytes', () => {
    readsBack(tcpdumpBytes, ({ truth }) => truth);
  });
  describe('tcpdump in words: what it lost is called so', () => {
    readsBack(tcpdumpWords, ({ printed }) => printed);
  });
  describe('tshark with bytes', () => {
    readsBack(tsharkBytes, ({ truth }) => truth);
  });
  describe('tshark in words', () => {
    readsBack(tsharkWords, ({ truth }) => withoutOverlay(truth));
  });
  describe('dumps of the file', () => {
    readsBack(dumps, ({ truth }) => truth);
  });

  it('tshark finds nothing wrong with the captures', async () => {
    for (const { directory } of kept) {
      const { stdout } = await run('tshark', ['-r', 'capture.pcap', '-Y', '_ws.malformed'], { cwd: directory });
      expect(stdout).toBe('');
    }
  });
});
