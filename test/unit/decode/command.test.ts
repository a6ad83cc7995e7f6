import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runDecode, type AskModule } from '../../../extension/cli/decode';
import type { ToaState } from '../../../extension/core/facts';
import { ACK, SYN, SYN_ACK, bytes, frame, pcap } from './build';

async function run(
  args: readonly string[],
  input: string | Uint8Array = '',
  env: Readonly<Record<string, string>> = {},
  askModule?: AskModule,
): Promise<{ status: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const terminal = {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
    env,
  };
  const status = await runDecode(args, terminal, askModule);
  return { status, out, err };
}

describe('toa-doctor decode', () => {
  it('prints one aligned line per client and exits with 0', async () => {
    const { status, out, err } = await run([], 'c808c76ccb007107');
    expect(status).toBe(0);
    expect(err).toBe('');
    expect(out).toBe(
      'FRAME  CLIENT             KIND  DIALECT  STATUS   SEGMENT  NOTE\n1      203.0.113.7:51052  200   toa-v4   decoded  -\n',
    );
  });

  it.each([
    [
      { loaded: true, kinds: [254] },
      'The module on this host does not read kind 200: it is built for kind 254 with 8 or 20 bytes.\n',
    ],
    [{ loaded: true, kinds: [200, 254] }, 'The module on this host reads kind 200, 254.\n'],
    [{ loaded: true }, 'A toa module is loaded, but does not say which kinds it reads; compare with its source.\n'],
    [{ loaded: false }, ''],
  ])('says what the module on this host makes of it: %j', async (toa, told) => {
    const file = join(mkdtempSync(join(tmpdir(), 'toa-decode-')), 'a.pcap');
    writeFileSync(
      file,
      pcap([frame({ options: bytes('c808c76ccb007107') }), frame({ options: bytes('fe08d298c633645d') })]),
    );
    const ask = (): Promise<ToaState> =>
      Promise.resolve({ version: undefined, srcversion: undefined, files: [], autoload: [], ...toa });
    expect(await run([file], '', {}, ask)).toMatchObject({ status: 0, err: told });
    expect(await run(['--json', file], '', {}, ask)).toMatchObject({ err: '' });
  });

  it('prints JSON with the names of the contract', async () => {
    const { out } = await run(['--json', '-'], 'fe08d298c633645d');
    expect(JSON.parse(out)).toMatchObject([
      {
        frame: 1,
        kind: 254,
        dialect: 'toa-v4',
        addr: '198.51.100.93',
        port: 53912,
        client: '198.51.100.93:53912',
        status: 'decoded',
      },
    ]);
  });

  it('reads a capture, also packed with gzip', async () => {
    const capture = 'test/fixtures/decode/handshake.pcap';
    const packed = join(mkdtempSync(join(tmpdir(), 'toa-')), 'handshake.pcap.gz');
    writeFileSync(packed, gzipSync(readFileSync(capture)));
    const [plain, unpacked] = [await run([capture]), await run([packed])];
    expect(plain.out.split('\n')).toHaveLength(6);
    expect(unpacked.out).toBe(plain.out);
  });

  describe('a packed file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'toa-')), 'packed.gz');

    it('that is cut gives what came before the cut, then says so', async () => {
      const capture = pcap(Array.from({ length: 3000 }, () => frame({ options: bytes('c808c76ccb007107') })));
      const packed = gzipSync(capture, { level: 0 });
      for (const [args, input] of [
        [[file], ''],
        [['-'], packed.subarray(0, 200_000)],
      ] as const) {
        writeFileSync(file, packed.subarray(0, 200_000));
        const { status, out, err } = await run(args, input);
        expect(status).toBe(2);
        expect(out.split('\n').filter((line) => line.includes('203.0.113.7:51052')).length).toBeGreaterThan(2000);
        expect(err).toMatch(/^toa-doctor decode: [^\n]+: unexpected end of file\n$/);
      }
    });

    it.each([
      ['zeros', new Uint8Array(1 << 26), /its rest was not read/],
      ['empty records of a capture', Uint8Array.from([...pcap([]), ...new Uint8Array(1 << 22)]), /^No client address/],
      ['one line', Buffer.alloc(1 << 26, 'a'), /its rest was not read/],
    ])('that is small and unpacks to much more is read to its end: %s', async (_, data, told) => {
      writeFileSync(file, gzipSync(data, { level: 1 }));
      const { status, out, err } = await run([file]);
      expect({ status, err }).toEqual({ status: 1, err: '' });
      expect(out).toMatch(told);
    });
  });

  it('exits with 1 where there is no client, as JSON with an empty array', async () => {
    expect(await run([], 'nothing here')).toMatchObject({ status: 1, out: 'No client address found\n' });
    expect(await run(['--json'], 'nothing here')).toMatchObject({ status: 1, out: '[]\n' });
    expect(await run([], 'options [exp-d298], length 0')).toMatchObject({ status: 1 });
  });

  describe('a capture without the option', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'toa-')), 'none.pcap');
    const none = pcap([SYN, SYN_ACK, ACK].map((flags) => frame({ options: bytes('020405b4'), flags })));
    writeFileSync(file, none);
    const told = 'The option is not in these packets. Segments looked at: SYN 1, handshake ACK 1, with data 0.';

    it.each([[[file]], [['-']], [['--summary', file]]])('says what was looked at: %j', async (args) => {
      const { status, out } = await run(args, none);
      expect(out).toContain(told);
      expect(status).toBe(1);
    });

    it('is an empty array as JSON', async () => {
      expect(await run(['--json', file])).toMatchObject({ status: 1, out: '[]\n' });
    });
  });

  it('speaks Chinese where the locale does', async () => {
    const { out } = await run([], 'options [exp-d298,unknown-250 0x01bb0a000005], length 0', { LC_ALL: 'zh_CN.UTF-8' });
    expect(out).toContain('服务地址：10.0.0.5:443');
    expect(out).toContain('tcpdump 只');
  });

  it.each([[['/nowhere/at/all']], [['--wrong']], [['a', 'b']], [['test']]])(
    'exits with 2 and one line for %j',
    async (args) => {
      const { status, out, err } = await run(args);
      expect(status).toBe(2);
      expect(out).toBe('');
      expect(err).toMatch(/^toa-doctor decode: [^\n]+\n$/);
    },
  );
});
