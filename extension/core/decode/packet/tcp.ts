import { u8 } from '../../bytes';
import type { Segment } from '../decoded';

const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;
const SMALLEST_HEADER = 20;

export interface TcpHeader {
  readonly segment: Segment;
  readonly options: number;
  /** End of the header as its data offset says; it can lie beyond the captured bytes. */
  readonly end: number;
}

/** What a segment is for, by its flags and whether it carries data. */
export function segmentOf(flags: number, carriesData: boolean): Segment {
  if ((flags & SYN) !== 0) return (flags & ACK) !== 0 ? 'SYN-ACK' : 'SYN';
  if ((flags & RST) !== 0) return 'RST';
  if ((flags & FIN) !== 0) return 'FIN';
  return carriesData ? 'data' : 'ACK';
}

/** Reads a TCP header at `at`. `undefined` when its fixed part was not captured whole or its data offset is impossible. */
export function readTcp(bytes: Uint8Array, at: number, captured: number, declaredEnd: number): TcpHeader | undefined {
  if (at + SMALLEST_HEADER > captured) return undefined;
  const length = (u8(bytes, at + 12) >> 4) * 4;
  if (length < SMALLEST_HEADER) return undefined;
  return {
    segment: segmentOf(u8(bytes, at + 13), declaredEnd > at + length),
    options: at + SMALLEST_HEADER,
    end: at + length,
  };
}
