// Packets that say the same share a result in a brief reading: nothing may be mixed up by that.
import { describe, expect, it } from 'vitest';
import { DecodedTable } from '../../../extension/cli/decodeTable';
import { render } from '../../../extension/core/message';
import { ClientCounts } from '../../../extension/core/decode/clients';
import { dialectTable } from '../../../extension/core/decode/dialects';
import { decodeText } from '../../../extension/core/decode/decode';
import { createCaptureReader } from '../../../extension/core/decode/stream';
import { ACK, PSH_ACK, SYN, bytes, frame, pcap } from './build';

function sightings(capture: Uint8Array, dialects = dialectTable([]), ...more: readonly Uint8Array[]) {
  const reader = createCaptureReader({ dialects, brief: true });
  for (const part of [capture, ...more]) reader.feed(part);
  reader.end();
  return reader.takeSightings();
}

const carrier = (client: number, flags = ACK, payload = ''): Uint8Array => {
  const option = Uint8Array.of(200, 8, 4, 0, 203, client >> 16, (client >> 8) & 255, client & 255);
  return frame({ options: option, flags, payload: bytes(payload) });
};

describe('packets that say the same', () => {
  it('share one result, each with its own frame', () => {
    const found = sightings(pcap([carrier(1), carrier(2), carrier(1)]));
    expect(found.map((one) => [one.frame, one.result.client])).toEqual([
      [1, '203.0.0.1:1024'],
      [2, '203.0.0.2:1024'],
      [3, '203.0.0.1:1024'],
    ]);
    expect(found[2]?.result).toBe(found[0]?.result);
  });

  it('do not when their segments differ', () => {
    const packets = [carrier(1, SYN), carrier(1), carrier(1, PSH_ACK, '47'), carrier(1, SYN)];
    const found = sightings(pcap(packets));
    expect(found.map((one) => one.result.segment)).toEqual(['SYN', 'ACK', 'data', 'SYN']);
  });

  it('do not when one has data that was not captured', () => {
    const cut = carrier(1, ACK, '4745').slice(0, -2);
    expect(sightings(pcap([carrier(1), cut])).map((one) => one.result.segment)).toEqual(['ACK', 'data']);
  });

  it('are told apart by kind, port and address, also when there are more than are remembered', () => {
    const clients = Array.from({ length: 40 }, (_, block) =>
      Array.from({ length: 1000 }, (_, one) => block * 1000 + one),
    );
    const blocks = clients.map((block) => pcap(block.map((client) => carrier(client))).slice(24));
    const found = sightings(pcap([]), undefined, ...blocks, ...blocks);
    expect(found.map((one) => one.result.client)).toEqual(
      [...clients, ...clients].flat().map((client) => `203.0.${client >> 8}.${client & 255}:1024`),
    );
    expect(found.map((one) => one.frame)).toEqual(found.map((_, index) => index + 1));
  });
});

describe('aligned timestamps', () => {
  const timestamps = '0101080a0000000100000002';
  it('are stepped over', () => {
    const [one] = sightings(pcap([frame({ options: bytes(`${timestamps}fe08d298c633645d`) })]));
    expect(one?.result.client).toBe('198.51.100.93:53912');
  });

  it('are read where a user says that they carry an address', () => {
    const table = dialectTable([{ kind: 8, length: 10, layout: 'address' }]);
    const eight = dialectTable([{ kind: 8, length: 8, layout: 'port-address' }]);
    expect(sightings(pcap([frame({ options: bytes(timestamps) })]), table)).toEqual([]);
    const option = bytes('01010808d298c633645d0101');
    expect(sightings(pcap([frame({ options: option })]), eight)[0]?.result).toMatchObject({
      kind: 8,
      dialect: 'user-v4',
    });
  });
});

describe('places', () => {
  it('of a short port that tshark printed end with its digits', () => {
    const text = '62 4821 > 80 [ACK] Seq=1 Ack=1 Len=0 ExID=3E1';
    const [one] = decodeText(text);
    expect(text.slice(one?.span?.start, one?.span?.end)).toBe('ExID=3E1');
  });

  it('of a TCP header of which nothing was captured are left out', () => {
    const [one] = sightings(pcap([carrier(1).slice(0, 34)]));
    expect(one?.result).toMatchObject({ status: 'truncated', span: undefined });
  });
});

describe('the table', () => {
  it('has a row for each sighting, as wide as the first thousand', () => {
    let text = '';
    const table = new DecodedTable((part) => (text += part), render);
    const found = sightings(pcap(Array.from({ length: 2500 }, (_, index) => carrier(index % 300))));
    for (let at = 0; at < found.length; at += 400) table.add(found.slice(at, at + 400));
    table.end();
    const rows = text.split('\n').slice(1, -1);
    expect(rows.map((row) => row.split(/ +/, 2))).toEqual(found.map((one) => [String(one.frame), one.result.client]));
    expect(new Set(rows.map((row) => row.indexOf('200   toa')))).toEqual(new Set([text.indexOf('KIND')]));
  });
});

describe('clients', () => {
  it('beyond the most are not kept, and counted', () => {
    const counts = new ClientCounts(2);
    for (const { frame: number, result } of sightings(pcap([1, 2, 3, 1, 3].map((client) => carrier(client)))))
      counts.add(result, number);
    expect(counts.clients().map(({ client, count, lastFrame }) => [client, count, lastFrame])).toEqual([
      ['203.0.0.1:1024', 2, 4],
      ['203.0.0.2:1024', 1, 2],
    ]);
    expect(counts.uncounted).toBe(2);
  });
});
