import type { Decoded, Locate } from '../decoded';
import type { DialectTable } from '../dialects';
import type { Handshakes } from '../handshakes';
import { pcapOrder } from './pcap';
import { isPcapng } from './pcapng';
import { createCaptureReader } from './reader';

/** Whether the bytes begin like a pcap or pcapng file. */
export function isCapture(bytes: Uint8Array): boolean {
  return pcapOrder(bytes) !== undefined || isPcapng(bytes);
}

/** Everything that the packets of a capture say about clients. A damaged file gives what came before the damage. */
export function decodeCapture(
  bytes: Uint8Array,
  locate: Locate,
  dialects: DialectTable,
  handshakes?: Handshakes,
): readonly Decoded[] {
  const reader = createCaptureReader({ dialects, handshakes });
  reader.feed(bytes);
  reader.end();
  return reader.takeResults().map((result) => relocate(result, locate));
}

/** Puts the places of a result where the user sees the capture's bytes. */
function relocate(result: Decoded, locate: Locate): Decoded {
  return {
    ...result,
    span: result.span && locate(result.span.start, result.span.end),
    options: result.options.map((option) => ({
      ...option,
      span: option.span && locate(option.span.start, option.span.end),
    })),
  };
}
