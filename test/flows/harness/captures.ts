// Captures for the flows, written by the test itself: handshakes through a balancer that writes kind 254.
const ETHERNET = 1;

/** A little-endian pcap file with `count` packets, from `clients` clients in turn; every fifth packet carries the option. */
export function captureOf(count: number, clients: number): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(ETHERNET, 20);
  const packets = Array.from({ length: count }, (_, index) =>
    packet(index, index % 5 === 0 ? (index / 5) % clients : -1),
  );
  return Buffer.concat([header, ...packets]);
}

function packet(index: number, client: number): Buffer {
  const options = client < 0 ? Buffer.alloc(8, 1) : option(client);
  const length = 14 + 20 + 20 + options.length;
  const bytes = Buffer.alloc(16 + length);
  bytes.writeUInt32LE(1_700_000_000 + index, 0);
  bytes.writeUInt32LE(length, 8);
  bytes.writeUInt32LE(length, 12);
  const ip = 16 + 14;
  bytes.writeUInt16BE(0x0800, ip - 2);
  bytes.writeUInt8(0x45, ip);
  bytes.writeUInt16BE(length - 14, ip + 2);
  bytes.writeUInt8(64, ip + 8);
  bytes.writeUInt8(6, ip + 9);
  bytes.set([100, 97, 12, 40], ip + 12);
  bytes.set([10, 0, 3, 20], ip + 16);
  const tcp = ip + 20;
  bytes.writeUInt16BE(1024 + (index % 60_000), tcp);
  bytes.writeUInt16BE(443, tcp + 2);
  bytes.writeUInt8((20 + options.length) << 2, tcp + 12);
  bytes.writeUInt8(0x10, tcp + 13);
  bytes.set(options, tcp + 20);
  return bytes;
}

/** 203.0.113.N:40000 and so on. */
function option(client: number): Buffer {
  const bytes = Buffer.from([254, 8, 0, 0, 203, 0, 113, client % 256]);
  bytes.writeUInt16BE(40_000 + client, 2);
  return bytes;
}
