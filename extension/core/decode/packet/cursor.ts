/** The headers that the walk knows; the last five end it. */
export type Layer =
  | 'ethernet'
  | 'ethertype'
  | 'mpls'
  | 'ppp'
  | 'sll'
  | 'sll2'
  | 'null'
  | 'ip'
  | 'ipv4'
  | 'ipv6'
  | 'gre'
  | 'udp'
  | 'tcp'
  | 'datagram'
  | 'icmp'
  | 'uoa'
  | 'stop';

/**
 * Where the walk through one packet stands. One cursor is reused for every packet, so that a capture of a million packets makes no
 * objects: a step reads the header at `at`, moves behind it and names the next.
 */
export interface Cursor {
  bytes: Uint8Array;
  at: number;
  /** Where the captured bytes of the layer end. */
  end: number;
  /** Where the layer ends as its header says; beyond `end` when the capture was cut. */
  declaredEnd: number;
  layer: Layer;
  /** For `ethertype`: which. */
  type: number;
  /** The first IP header, -1 before it was met. */
  ip: number;
  /** The innermost IP header, -1 before one was met. */
  innerIp: number;
  /** IPv4 options of the last header, empty when there are none. */
  ipOptions: number;
  ipOptionsEnd: number;
}

/** A cursor at the start of a packet. */
export function cursorAt(bytes: Uint8Array, start: number, end: number, layer: Layer): Cursor {
  return place(
    { bytes, at: 0, end: 0, declaredEnd: 0, layer, type: 0, ip: -1, innerIp: -1, ipOptions: 0, ipOptionsEnd: 0 },
    bytes,
    start,
    end,
    layer,
  );
}

/** Puts a cursor at the start of the next packet. */
export function place(cursor: Cursor, bytes: Uint8Array, start: number, end: number, layer: Layer): Cursor {
  cursor.bytes = bytes;
  cursor.at = start;
  cursor.end = Math.min(end, bytes.length);
  cursor.declaredEnd = cursor.end;
  cursor.layer = layer;
  cursor.type = 0;
  cursor.ip = -1;
  cursor.innerIp = -1;
  cursor.ipOptions = 0;
  cursor.ipOptionsEnd = 0;
  return cursor;
}

/** Moves behind a header of `length` bytes to `layer`; stops when that many were not captured. */
export function advance(cursor: Cursor, length: number, layer: Layer): void {
  cursor.at += length;
  cursor.layer = cursor.at > cursor.end ? 'stop' : layer;
}
