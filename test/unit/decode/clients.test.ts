import { describe, expect, it } from 'vitest';
import { modulesFor } from '../../../extension/core/decode/acceptance';
import { clientsOf } from '../../../extension/core/decode/clients';
import { decodeBytes, decodeText } from '../../../extension/core/decode/decode';
import { STANDARD_DIALECTS } from '../../../extension/core/decode/dialects';
import { encodeOption } from '../../../extension/core/decode/encode';
import { Handshakes } from '../../../extension/core/decode/handshakes';
import { storyOf } from '../../../extension/core/decode/story';
import { render } from '../../../extension/core/message';
import { ACK, SYN, PSH_ACK, bytes, frame, hex, pcap } from './build';

const CLIENT = 'fe08d298c633645d'; // 198.51.100.93:53912
const capture = (...flags: readonly number[]): Uint8Array =>
  pcap(flags.map((flag) => frame({ options: bytes(CLIENT), flags: flag })));

describe('clients', () => {
  it('are counted by address, by first frame', () => {
    const results = decodeBytes(capture(SYN, ACK, PSH_ACK));
    expect(clientsOf(results)).toEqual([
      {
        client: '198.51.100.93:53912',
        count: 3,
        firstFrame: 1,
        lastFrame: 3,
        kinds: [254],
        dialects: ['toa-v4'],
        segments: ['SYN', 'ACK'],
      },
    ]);
  });

  it('are none where nothing names one', () => {
    expect(clientsOf(decodeText('options [exp-d298], length 0'))).toEqual([]);
  });
});

describe('the story of a connection', () => {
  const told = (data: Uint8Array, kinds?: readonly number[]): readonly string[] => {
    const watched = new Handshakes();
    const results = decodeBytes(data, STANDARD_DIALECTS, watched);
    const { handshakes } = watched.summary();
    return storyOf(results, { module: kinds && { kinds, lengths: [8] }, handshakes }).map(
      ({ connection: name, texts }) => `${name ?? '-'}: ${texts.map((text) => render(text)).join(' ')}`,
    );
  };
  const connection = '100.97.12.40:40112 → 10.0.3.20:443';

  it('names the ends and says what this module does', () => {
    expect(told(capture(SYN, ACK), [254])).toEqual([
      `${connection}: SYN with 254. Handshake ACK with 254: this module reads 198.51.100.93:53912.`,
    ]);
    expect(told(capture(ACK), [200])).toEqual([
      `${connection}: Handshake ACK with 254 in 8 bytes: this module does not read it, and the server sees the balancer.`,
    ]);
    expect(told(capture(SYN))[0]).toContain('only in SYN');
  });

  it('has no connection for bare options', () => {
    expect(storyOf(decodeText(CLIENT))).toMatchObject([{ connection: undefined }]);
  });
});

describe('modules', () => {
  it('are named by kind and length', () => {
    expect(modulesFor(200, 8)).toEqual(['TOA Doctor toa', 'Tencent toa', 'UCloud toa']);
    expect(modulesFor(254, 6)).toEqual([]);
    expect(decodeText('c808c76ccb007107')).toMatchObject([
      { modules: ['TOA Doctor toa', 'Tencent toa', 'UCloud toa'] },
    ]);
  });
});

describe('encoding', () => {
  it.each([
    ['198.51.100.93:53912', 254, CLIENT],
    ['[2001:db8::7]:443', 253, 'fd1401bb20010db8000000000000000000000007'],
    ['[::ffff:192.0.2.1]:1', 254, 'fe14000100000000000000000000ffffc0000201'],
  ])('%s', (client, kind, option) => {
    const encoded = encodeOption(client, kind);
    expect(encoded && hex(encoded)).toBe(option);
  });

  it('decodes to what was encoded', () => {
    const option = encodeOption('[2001:db8:0:1::9]:65535', 254);
    expect(decodeText(option === undefined ? '' : hex(option))).toMatchObject([{ client: '[2001:db8:0:1::9]:65535' }]);
  });

  it.each(['198.51.100.93', '1.2.3.256:1', '1.2.3.4:65536', '[1::2::3]:4', '[12345::]:4', '[1:2]:3', ''])(
    'refuses %j',
    (client) => {
      expect(encodeOption(client, 254)).toBeUndefined();
    },
  );

  it('refuses kinds without a length', () => {
    expect(encodeOption('1.2.3.4:5', 1)).toBeUndefined();
    expect(encodeOption('1.2.3.4:5', 256)).toBeUndefined();
  });
});
