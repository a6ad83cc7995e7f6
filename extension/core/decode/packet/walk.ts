import type { Cursor, Layer } from './cursor';
import { ipv4, ipv6 } from './internet';
import { ethernet, ethertype, ip, loopback, mpls, ppp, sll, sll2 } from './link';
import { gre, udp } from './tunnel';

/** Headers in one packet: tunnels in tunnels, tags on tags. More is an attack on the reader. */
const MOST_LAYERS = 40;

type EndLayer = 'tcp' | 'datagram' | 'icmp' | 'uoa' | 'stop';

const isEnd = (layer: Layer): layer is EndLayer =>
  layer === 'tcp' || layer === 'datagram' || layer === 'icmp' || layer === 'uoa' || layer === 'stop';

const STEPS: Readonly<Record<Exclude<Layer, EndLayer>, (cursor: Cursor) => void>> = {
  ethernet,
  ethertype,
  mpls,
  ppp,
  sll,
  sll2,
  null: loopback,
  ip,
  ipv4,
  ipv6,
  gre,
  udp,
};

/**
 * Follows the headers of one packet from where the cursor stands to its innermost TCP header (`tcp`), UDP payload (`datagram`) or UOA
 * header (`uoa`); anything else ends as `stop`. Never moves backwards and never reads past the end.
 */
export function walkPacket(cursor: Cursor): EndLayer {
  for (let count = 0; count < MOST_LAYERS; count++) {
    const { layer } = cursor;
    if (isEnd(layer)) return layer;
    STEPS[layer](cursor);
  }
  return 'stop';
}

/** Follows the headers only as far as the first IP header; false when there is none. */
export function walkToIp(cursor: Cursor): boolean {
  for (let count = 0; count < MOST_LAYERS; count++) {
    const { layer } = cursor;
    if (layer === 'ipv4' || layer === 'ipv6') return true;
    if (isEnd(layer)) return false;
    STEPS[layer](cursor);
  }
  return false;
}
