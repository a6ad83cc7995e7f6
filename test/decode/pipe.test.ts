// `toa-doctor decode … | head` closes the pipe early, and that is no fault.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bytes, frame, pcap } from '../unit/decode/build';

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-decode-'));
const capture = join(directory, 'many.pcap');

beforeAll(() => {
  const one = pcap([frame({ options: bytes('c808c76ccb007107') })]);
  const header = one.subarray(0, 24);
  const packet = one.subarray(24);
  writeFileSync(capture, Buffer.concat([header, ...Array.from({ length: 100_000 }, () => packet)]));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

it.each([[[]], [['--json']]])(
  'a reader that goes away ends the command quietly: %j',
  async (flags: readonly string[]) => {
    const child = spawn(process.execPath, ['dist/cli.js', 'decode', ...flags, capture]);
    let said = '';
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.stdout.once('data', () => {
      child.stdout.destroy();
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, said }).toEqual({ status: 0, said: '' });
  },
);
