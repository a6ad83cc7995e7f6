import type { Layer } from '../packet/cursor';

/** Both formats tell themselves by fewer bytes than this. */
export const LONGEST_HEADER = 28;

/** tcpdump's own limit; a longer record is a damaged file, and what follows cannot be trusted. */
export const LONGEST_PACKET = 262_144;

/** The record goes on behind the bytes at hand. */
export const MORE = 0;
/** No record can look like this. */
export const DAMAGED = -1;

/** Where a packet lies. One is reused for every record, so that a million packets make no objects. */
export interface PacketRecord {
  start: number;
  end: number;
  layer: Layer;
  isPacket: boolean;
}

/** How the records of a capture follow each other. */
export interface CaptureFormat {
  /** Bytes before the first record. */
  readonly headerLength: number;
  /**
   * Reads the record at `at` into `record` and gives its size, {@link MORE} or {@link DAMAGED}. The size of a record without a packet
   * may go beyond `end`: it is skipped, and no length in a file makes anyone wait for memory.
   */
  read(view: DataView, at: number, end: number, record: PacketRecord): number;
}
