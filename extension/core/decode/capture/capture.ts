import { message } from '../../message';
import type { Decoded, Locate } from '../decoded';
import { cursorAt, place } from '../packet/cursor';
import { layerOfLink } from '../packet/link';
import { decodePacket } from '../packet/packet';
import { pcapOrder, visitPcap } from './pcap';
import { isPcapng, visitPcapng } from './pcapng';

/** Called for each packet: where its bytes are, its link type and its number from 1. */
export type PacketVisitor = (start: number, end: number, link: number, frame: number) => void;

/** Whether the bytes begin like a pcap or pcapng file. */
export function isCapture(bytes: Uint8Array): boolean {
  return pcapOrder(bytes) !== undefined || isPcapng(bytes);
}

/** Visits each packet of a capture; false when it is cut or damaged, after everything before that was visited. */
export function visitCapture(bytes: Uint8Array, visit: PacketVisitor): boolean {
  const order = pcapOrder(bytes);
  return order === undefined ? visitPcapng(bytes, visit) : visitPcap(bytes, order, visit);
}

/** Everything that the packets of a capture say about clients. A damaged file gives what came before the damage. */
export function decodeCapture(bytes: Uint8Array, locate: Locate): readonly Decoded[] {
  const results: Decoded[] = [];
  const cursor = cursorAt(bytes, 0, 0, 'stop');
  let frames = 0;
  const whole = visitCapture(bytes, (start, end, link, frame) => {
    frames = frame;
    place(cursor, bytes, start, end, layerOfLink(link));
    for (const one of decodePacket(cursor, { frame, confidence: 'certain', locate })) results.push(one);
  });
  if (!whole) results.push(cutCapture(frames));
  return results;
}

function cutCapture(frames: number): Decoded {
  return {
    frame: frames + 1,
    kind: null,
    dialect: 'capture',
    addr: null,
    port: null,
    client: null,
    status: 'truncated',
    confidence: 'certain',
    note: message('The capture is cut or damaged after packet {frames}.', { frames }),
    options: [],
  };
}
